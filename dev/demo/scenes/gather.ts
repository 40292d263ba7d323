import { importGroupsAsOperator } from '../groups.ts';
import { joinAll } from '../cast.ts';
import { quiet, type Stage, until } from '../stage.ts';

/** Staff join with their codes; groups become recipients: twelve by the operator's list, two by the admin's word. */
export async function gather(stage: Stage): Promise<void> {
  const { world, tell, groups, cast } = stage;
  const { destinations } = world.runtime.core.store;
  const all = groups.telegram.length + groups.zalo.length;
  tell.moment('các nhóm có sẵn, bot vừa mở máy');
  await until('bot biết mọi nhóm', async () => (await destinations.list({})).length === all);
  tell.note(`bot thấy ${String(all)} nhóm, chưa nhóm nào nhận tin`);
  const imported = await importGroupsAsOperator(world, groups);
  tell.note(`loa groups import nhom.csv: ${imported}`);

  tell.moment('cán bộ vào kênh bằng mã mời');
  await joinAll(world, cast);

  tell.moment('quản trị xác nhận hai nhóm còn lại ngay trong chat');
  const { mai } = cast.staff;
  for (let asked = 0; asked < groups.confirmed.length; asked += 1) {
    // Asked anew for each that waits: the newest question is the one whose button is pressed. Both are of Khu 1.
    mai.say('nhóm');
    await quiet(stage);
    await mai.hear('Máy vừa được thêm vào nhóm');
    mai.tap('Xác nhận nhóm');
    await mai.hear('Nhóm này của khu nào?');
    mai.say('khu 1');
    await mai.hear('Trong nhóm là ai?');
    mai.say('1');
    await mai.hear('sẽ nhận tin của phường');
  }
  await quiet(stage);
  const active = (await destinations.list({ state: 'active' })).filter(({ kind }) => kind === 'group');
  if (active.length !== all) throw new Error(`chỉ ${String(active.length)}/${String(all)} nhóm nhận tin`);
}
