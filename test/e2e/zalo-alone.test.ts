import { describe, expect, it } from 'vitest';
import type { Someone } from '#dev/world/people.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { useWorldAt } from '#test/support/world-at.ts';

const GROUPS = ['Tin phường · Khu 1', 'Tin phường · Khu 2'];
const POST = 'Dân được biết những gì?';

const { clock, world } = useWorldAt('2024-03-15', '07:00', {
  platforms: ['zalo'],
  prepare: ({ zalo }) => {
    for (const title of GROUPS) zalo.createGroup(title);
  },
});

const someone = (name: string): Someone => world().someone('zalo', name);

/** What the worker's timers do, at once. */
async function tick(): Promise<void> {
  const { signal } = new AbortController();
  await world().runtime.jobPorts.tickDuties(signal);
  await world().runtime.jobPorts.advanceRuns(signal);
}

describe('a ward on Zalo alone', () => {
  it('has groups confirmed, a post written, approved and delivered, and hears that it was passed on', async () => {
    expect(world().config.telegram).toBeNull();
    const admin = someone('Đỗ Thị Mai');
    await world().joinStaff(admin, ['admin'], 'peoples-committee');
    for (let left = GROUPS.length; left > 0; left -= 1) {
      admin.say('nhóm');
      // All questions first: "1" answers the newest.
      for (let asked = 0; asked < left; asked += 1) await admin.hear('Máy vừa được thêm vào nhóm');
      admin.say('1');
      await admin.hear('Nhóm này của khu nào?');
      admin.say('khu 1');
      await admin.hear('Trong nhóm là ai?');
      admin.say('1');
      await admin.hear('sẽ nhận tin của phường');
    }
    const editor = someone('Nguyễn Thu Hà');
    const approver = someone('Lê Quang Minh');
    const head = someone('Phạm Văn Ba');
    await world().joinStaff(editor, ['editor'], 'culture-information');
    await world().joinStaff(approver, ['approver'], 'culture-information');
    await world().joinStaff(head, ['neighbourhood-head'], 'neighbourhood-heads', 'khu-2');

    editor.say('đăng tin');
    await editor.hear('Bài này thuộc nội dung nào');
    editor.say('TT-01');
    await editor.hear(POST);
    editor.say('3');
    await editor.hear('Gửi lúc nào');
    editor.say('6h30 18/3');
    await editor.hear('Sẽ đến 2 nhóm Zalo, 1 tổ trưởng');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('Chưa duyệt thì chưa gửi');
    approver.say('1');
    await approver.hear('Đã duyệt');
    await editor.hear('đã được');

    clock.setMs(atLocal('2024-03-18', '06:30'));
    await tick();
    const { zalo } = world().sandbox;
    const groupIds = (await world().runtime.core.store.destinations.list({ state: 'active' }))
      .filter(({ kind }) => kind === 'group')
      .map(({ chat }) => chat.chatId.replace(/^g:/u, ''));
    expect(groupIds).toHaveLength(GROUPS.length);
    for (const group of groupIds) {
      await zalo.waitFor({ group }, (message) => (message.text ?? '').includes(POST), { timeoutMs: 30_000 });
    }
    await head.hear('Kính gửi ông/bà Tổ trưởng');
    await head.hear(POST);
    head.say('1');
    await head.hear('đã chuyển tin');
    await tick();
    await editor.hear('3/3 nơi nhận', 60_000);
    for (const group of groupIds) {
      expect(zalo.messagesIn(group).filter((message) => message.from === 'oa')).toHaveLength(1);
    }
  });

  it('answers a resident', async () => {
    clock.setMs(atLocal('2024-03-18', '09:00'));
    const officer = someone('Vũ Đức Long');
    await world().joinStaff(officer, ['handler'], 'urban-environment');
    const resident = someone('Ông Năm');
    resident.open();
    await resident.hear('Kính chào ông/bà');
    resident.say('rac chat dong 3 hom nay chua don');
    await resident.hear('Bước 1/2');
    resident.say('ngo 8 khu 5a');
    await resident.hear('Bước 2/2');
    resident.say('0');
    await resident.hear('xem lại giúp');
    resident.say('1');
    await resident.hear('Phường đã nhận');
    await officer.hear('Việc mới');
    officer.tap('Báo đã xong');
    await officer.hear('Kết quả thế nào?');
    officer.say('Xe rác đã lấy lúc 9 giờ.');
    await officer.hear('hoặc nhắn số văn bản');
    officer.say('số 12/BB-UBND ngày 18/3');
    await officer.hear('Báo người dân là đã xong?');
    officer.say('1');
    expect(await resident.hear('phường trả lời')).toContain('Xe rác đã lấy lúc 9 giờ.');
    resident.say('1');
    await resident.hear('xin khép lại');
  });

  it('reminds the officer of a report and takes the answer', async () => {
    const officer = someone('Nguyễn Tiến Dũng');
    await world().joinStaff(officer, ['handler'], 'office');
    await tick();
    const duty = await world().runtime.core.store.duties.get('DL-2.2024');
    const firstMs = duty?.rungs[0]?.atMs ?? 0;
    // On Zalo the bot may write for seven days after a person last did.
    clock.setMs(firstMs - 60 * 60_000);
    officer.say('việc của tôi');
    await officer.hear('Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng');
    clock.setMs(firstMs);
    await tick();
    await officer.hear('Anh/chị Dũng: Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng');
    officer.say('1');
    await officer.hear('Đã ghi: anh/chị đã xem');
    const after = await world().runtime.core.store.duties.get('DL-2.2024');
    expect(after?.state).toBe('acknowledged');
  });
});
