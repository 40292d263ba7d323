import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/core/clock.ts';
import { addTelegramGroups } from '#dev/world/broadcast.ts';
import { orderRun } from '#src/app/broadcast/order-run.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { hashed } from '#src/domain/broadcast/approval.ts';
import { addDays, atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
const clock = new MovableClock();

beforeAll(async () => {
  clock.setMs(atLocal(localDateOf(Date.now()), '23:00'));
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock });
});
afterAll(() => world.stop());

describe('the leader on duty', () => {
  it('sends an urgent post at eleven at night, on Zalo alone, and the group has what was shown', async () => {
    const [group] = await addTelegramGroups(world, 1);
    const leader = world.someone('zalo', 'Ngô Văn Dũng');
    await world.joinStaff(leader, ['leader'], 'office');
    leader.say('tin khẩn');
    await leader.hear('Tin gì?');
    leader.say('Mất điện');
    await leader.hear('ở đâu?');
    leader.say('Khu 3');
    await leader.hear('giờ nào?');
    leader.say('từ 23 giờ đến 2 giờ sáng');
    const words = 'Nơi mất điện: Khu 3. Thời gian: từ 23 giờ đến 2 giờ sáng.';
    await leader.hear(words);
    await leader.hear('CHƯA GỬI');
    leader.say('1');
    await leader.hear('Lời do Bộ phận Văn phòng duyệt sẵn');
    const chatId = Number(group?.chat.chatId);
    await world.sandbox.telegram.waitFor(chatId, (one) => one.fromBot && one.text.includes(words), {
      timeoutMs: 20_000,
    });
    expect(world.sandbox.telegram.messages(chatId).filter((one) => one.fromBot)).toHaveLength(1);
  });
});

describe('an editor', () => {
  it('looks at the week, opens a post by its number and moves it to another hour', async () => {
    const { app } = world.runtime.core;
    const editor = world.someone('zalo', 'Trần Thị Hà');
    const approver = world.someone('telegram', 'Lê Văn Bình');
    const author = await world.joinStaff(editor, ['editor'], 'culture-information');
    const { id: approverId } = await world.joinStaff(approver, ['approver'], 'chairperson');
    const day = addDays(localDateOf(clock.nowMs()), 1);
    const sendAtMs = atLocal(day, '09:00');
    const order = { id: 'R-order', postId: 'TT-01-1', authorId: author.id, approverId, sendAtMs };
    expect((await orderRun(app, order)).kind).toBe('ordered');
    editor.say('lịch');
    const heard = await editor.hear('LỊCH PHÁT');
    // On a Sunday tomorrow is next week.
    if (!heard.includes('9 giờ')) {
      editor.say('Tuần sau');
      await editor.hear('9 giờ');
    }
    const line = editor
      .heard()
      .at(-1)
      ?.split('\n')
      .find((one) => one.includes(' 9 giờ '));
    editor.say(line?.split('.')[0] ?? '');
    await editor.hear('Dời giờ');
    editor.say('1');
    await editor.hear('Dời sang giờ nào');
    const [, month, date] = day.split('-').map(Number);
    editor.say(`17h ${date}/${month}`);
    await editor.hear('dời sang 17 giờ');
    await approver.hear('dời bài');
    expect((await app.runs.get(order.id))?.sendAtMs).toBe(atLocal(day, '17:00'));
  });
});

describe('an approver', () => {
  it('gets all that waits in one list, and approves it at a stroke', async () => {
    const { app } = world.runtime.core;
    const approver = world.someone('zalo', 'Lê Thị Mai');
    await world.joinStaff(approver, ['approver'], 'chairperson');
    const order = await app.runs.get('R-order');
    if (!order) throw new Error('no run');
    for (const n of [1, 2]) {
      const waiting = {
        id: `R-wait-${n}`,
        title: `Bài chờ ${n}`,
        state: 'submitted',
        seriesId: null,
      } as const;
      const unapproved = { approverId: null, approvedHash: null, approvedAtMs: null } as const;
      await app.runs.create(hashed({ ...order, ...waiting, ...unapproved }, app.hash));
    }
    approver.say('duyệt cả tuần');
    expect(await approver.hear('CHỜ DUYỆT')).toContain('Bài chờ 2');
    approver.tap('Duyệt cả 2 bài');
    await approver.hear('Đã duyệt bài');
    await approver.hear('Đã duyệt bài');
    for (const n of [1, 2]) expect((await app.runs.get(`R-wait-${n}`))?.state).toBe('scheduled');
  });
});
