import type { BroadcastRun } from '#src/domain/run.ts';
import { jumpTo, leap, type Stage, tick, until } from '../stage.ts';

export const POST_TITLE = 'Dân được biết những gì?';
/** How long Telegram keeps the news of the two groups to itself, so that the bot meets them when it sends. */
const NEWS_DELAY_MS = 8_000;

/** From the editor's draft to what the loudspeaker read; with a group that moves, one that is lost and a cut line. */
export async function broadcast(stage: Stage): Promise<void> {
  await jumpTo(stage, '2024-03-15', '14:00', 'chị Hà soạn bài của TT-01');
  const run = await compose(stage);
  await jumpTo(stage, '2024-03-18', '06:25', 'thứ Hai, trước giờ phát');
  await trouble(stage);
  // Not quiet: what Telegram holds back is still on its way.
  await leap(stage, run.sendAtMs, 'đến giờ phát');
  await sentTo(stage, run);
  await answers(stage, run);
  await settle(stage, run);
}

async function compose(stage: Stage): Promise<BroadcastRun> {
  const { ha, minh } = stage.cast.staff;
  ha.say('/dangtin');
  await ha.hear('Bài này thuộc nội dung nào');
  ha.say('1');
  const list = await ha.hear(POST_TITLE);
  ha.say(numberBefore(POST_TITLE, list));
  await ha.hear('Gửi lúc nào');
  ha.say('6h30 18/3');
  await ha.hear('Theo Điều 11');
  await ha.hear('Sẽ đến 8 nhóm Telegram, 6 nhóm Zalo');
  await ha.hear('CHƯA GỬI');
  ha.tap('Gửi duyệt');
  await ha.hear('xin duyệt');
  await minh.hear('Chưa duyệt thì chưa gửi');
  minh.say('1');
  await minh.hear('Đã duyệt');
  await ha.hear('đã được anh Minh duyệt');
  const [run] = await stage.world.runtime.core.store.runs.inState('scheduled', 1);
  if (!run) throw new Error('bài duyệt rồi mà không có đợt phát');
  return run;
}

/** The number that stands before a label in a list of choices. */
function numberBefore(label: string, list: string): string {
  const choice = list.split(/\n| · /u).find((line) => line.trim().endsWith(label));
  const number = /^\s*(\d+)/u.exec(choice ?? '')?.[1];
  if (number === undefined) throw new Error(`không có số trước “${label}”`);
  return number;
}

/** One group becomes a supergroup, one puts the bot out, and one answer of Zalo will be cut off. */
async function trouble(stage: Stage): Promise<void> {
  const { world, groups, tell, cast } = stage;
  const { faults, people, telegram } = world.sandbox;
  faults.add({ platform: 'telegram', method: 'getUpdates', action: { kind: 'delay', ms: NEWS_DELAY_MS } });
  cast.staff.mai.say('việc của tôi');
  await cast.staff.mai.hear('không có việc nào');
  await until('bot hỏi tin mới', () => faults.list().length === 0);
  telegram.migrate(Number(groups.moving.chatId));
  tell.note(`${groups.moving.title} (Telegram) vừa thành siêu nhóm, đổi mã; bot chưa hay`);
  telegram.kickBot(Number(groups.leaving.chatId), people.get(groups.ownerId));
  tell.note(`${groups.leaving.title} (Telegram) vừa mời bot ra; bot chưa hay`);
  faults.add({
    platform: 'zalo',
    method: 'group/message',
    chatId: groups.cut.chatId,
    action: { kind: 'cut-after' },
  });
  tell.note(`${groups.cut.title} (Zalo): tin sẽ đến nơi nhưng lời đáp đứt giữa đường`);
}

/** The worker sends; the journal shows each group as it is reached. */
async function sentTo(stage: Stage, run: BroadcastRun): Promise<void> {
  const { world, tell } = stage;
  const { deliveries } = world.runtime.core.store;
  await until('đợt phát đi hết', async () => {
    const { pending, sending } = await deliveries.counts(run.id);
    return pending + sending === 0;
  });
  const { sent, unknown, gone } = await deliveries.counts(run.id);
  tell.note(`sổ gửi: ${String(sent)} nơi nhận, ${String(gone)} nơi mất, ${String(unknown)} nơi chưa rõ`);
}

async function answers(stage: Stage, run: BroadcastRun): Promise<void> {
  const { heads, staff } = stage.cast;
  for (const head of heads) {
    await head.hear('Kính gửi ông/bà Tổ trưởng');
    await head.hear(run.title);
    head.say('1');
    await head.hear('đã chuyển tin');
  }
  await staff.loud.hear('đọc bài dưới đây trên loa');
  await staff.loud.hear('Kính thưa ông bà');
  staff.loud.say('1');
  await staff.loud.hear('đã đọc bài');
}

async function settle(stage: Stage, run: BroadcastRun): Promise<void> {
  const { ha } = stage.cast.staff;
  await tick(stage);
  await ha.hear('đã phát xong:');
  await ha.hear('Chưa rõ bài');
  ha.tap('Đã thấy tin');
  await ha.hear('Đã ghi là nhận rồi');
  await until('đợt phát khép lại', async () => {
    await tick(stage);
    return (await stage.world.runtime.core.store.runs.get(run.id))?.state === 'done';
  });
}
