import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
let officer: Someone;
let head: Someone;
let chairperson: Someone;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const never = new AbortController().signal;

/** The clock jumps to the duty's next moment and the tick looks, as the scheduler would within seconds. */
async function jumpToNext(dutyId: string): Promise<void> {
  const duty = await world.runtime.core.store.duties.get(dutyId);
  if (duty?.nextAtMs == null) throw new Error(`${dutyId} has nothing ahead`);
  // A refresh token lives three months, and on Zalo the bot may write for seven days after the officer last wrote:
  // in a year that is lived day by day both are renewed by the way.
  const { clock } = world.sandbox;
  for (let left = true; left;) {
    const nextMs = Math.min(clock.nowMs() + 60 * DAY_MS, duty.nextAtMs - HOUR_MS);
    left = nextMs < duty.nextAtMs - HOUR_MS;
    clock.setMs(nextMs);
    officer.say('việc của tôi');
    await officer.hear('đang chờ');
  }
  world.sandbox.clock.setMs(duty.nextAtMs);
  await world.runtime.jobPorts.tickDuties(never);
}

beforeAll(async () => {
  const clock = new MovableClock();
  clock.setMs(Date.UTC(2024, 3, 1, 2, 0));
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock });
  officer = world.someone('zalo', 'Nguyễn Văn Dũng');
  head = world.someone('telegram', 'Trần Văn Phụ');
  chairperson = world.someone('telegram', 'Nguyễn Thanh Tùng');
  await world.joinStaff(officer, ['handler'], 'office');
  await world.joinStaff(head, ['leader'], 'office');
  await world.joinStaff(chairperson, ['chairperson'], 'chairperson');
});
afterAll(() => world.stop());

describe('a deadline of the plan', () => {
  it('is reminded, acknowledged and done with its document number', async () => {
    await jumpToNext('DL-2.2024');
    const reminder = await officer.hear('6 tháng');
    expect(reminder).toContain('hạn cuối thứ Năm 09/5');
    officer.tap('Đã xem');
    await officer.hear('đã xem');
    officer.say('3');
    await officer.hear('văn bản số mấy');
    officer.sendPhoto();
    await officer.hear('Đã nhận');
    officer.say('số 45/BC-UBND ngày 08/5');
    expect(await officer.hear('Đã ghi là xong')).toContain('Đã lưu 1 ảnh');
    const duty = await world.runtime.core.store.duties.get('DL-2.2024');
    expect(duty).toMatchObject({ state: 'done', nextAtMs: null });
    const [photoId = ''] = duty?.proofFileIds ?? [];
    expect(await world.runtime.core.store.media.get(photoId)).not.toBeNull();
  });

  it('that is ignored climbs to the head and then to the chairperson, each in private', async () => {
    await jumpToNext('DL-3.2024');
    await officer.hear(/: Báo cáo .* năm/u);
    const climbed = async (who: Someone, words: string | RegExp): Promise<void> => {
      for (let rung = 0; rung < 8; rung += 1) {
        await jumpToNext('DL-3.2024');
        const heard = await who.hear(words, 3_000).catch(() => null);
        if (heard !== null) return;
      }
      throw new Error(`it never reached ${who.name}`);
    };
    await climbed(head, 'chưa trả lời');
    await climbed(chairperson, /Báo cáo Chủ tịch.*dân chủ năm/u);
    const duty = await world.runtime.core.store.duties.get('DL-3.2024');
    expect(duty?.history.filter((entry) => entry.action === 'escalated').length).toBeGreaterThanOrEqual(2);

    // Who can be given it works in another unit, so that nobody else could have had it from the start.
    const other = world.someone('telegram', 'Bùi Văn Nam');
    await world.joinStaff(other, ['handler'], 'one-stop', null, 'anh');
    chairperson.tap('Giao người khác', 'dân chủ năm');
    await chairperson.hear('cho ai?');
    chairperson.tap('Bùi Văn Nam');
    await chairperson.hear('Vì sao đổi người?');
    chairperson.say('anh Dũng đi công tác');
    await chairperson.hear('Đã giao anh Nam');
    expect(await other.hear('nay giao anh')).toContain('Lý do: anh Dũng đi công tác.');
    await officer.hear('không phải làm nữa');
  });
});
