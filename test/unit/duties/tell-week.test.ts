import { beforeEach, describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { showWeek, tellWeek } from '#src/app/duties/tell-week.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { weekOf, weekToTell } from '#src/domain/duties/week.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { Person } from '#test/support/conversation.ts';
import { admin, answer, at, calendar, chair, dung, dutyWorld, head, member } from './duty-world.ts';

const DL2 = 'DL-2.2024';
const outsider = member('ngoc', { name: 'Đinh Thị Ngọc', roles: ['leader'], unitId: 'urban-environment' });
let setting: Awaited<ReturnType<typeof dutyWorld>>;

beforeEach(async () => {
  setting = await dutyWorld({
    nowMs: at('2024-04-01 08:00'),
    staff: [dung, head, chair, admin, outsider],
  });
  await openPlanDuties(setting.app);
});

/** What each leader is told at an instant, by the id of the leader. */
async function toldAt(now: string): Promise<Readonly<Record<string, string>>> {
  setting.world.nowMs = at(now);
  const before = setting.rows.length;
  await tellWeek(setting.app);
  const told = setting.rows
    .slice(before)
    .map(async (id) => [id.split('.').at(-1) ?? '', await setting.textOf(id)] as const);
  return Object.fromEntries(await Promise.all(told));
}

async function change(id: string, to: (duty: Duty) => Duty): Promise<void> {
  const duty = await setting.app.duties.get(id);
  if (!duty) throw new Error(`no duty ${id}`);
  const changed = to(duty);
  expect(await setting.app.duties.save({ ...changed, rev: duty.rev + 1 }, duty.rev)).toBe('saved');
}

describe('the week’s message to leaders', () => {
  it('says what is due, in whose hands and whether they have answered, to the leader of the unit and to the chairperson', async () => {
    setting.world.nowMs = at('2024-05-06 08:00');
    await tickDuties(setting.app);
    const told = await toldAt('2024-05-06 08:01');
    expect(Object.keys(told).sort()).toEqual(['hoa', 'thang']);
    expect(told['hoa']).toBe(
      [
        'Anh Hoa: việc của Bộ phận Văn phòng tuần này.',
        'Đến hạn trong tuần 1 việc:',
        '1. Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng, hạn 09/5, anh Dũng, chưa trả lời',
      ].join('\n'),
    );
    expect(told['thang']).toMatch(/^Báo cáo Chủ tịch: việc theo kế hoạch dân chủ tuần này\.\n/u);
  });

  it('is said once a week, however often it is looked at, and again the week after', async () => {
    expect(Object.keys(await toldAt('2024-05-06 08:00'))).not.toEqual([]);
    expect(await toldAt('2024-05-06 08:01')).toEqual({});
    expect(await toldAt('2024-05-07 09:00')).toEqual({});
    expect((await toldAt('2024-05-13 08:00'))['hoa']).toContain('Quá hạn 1 việc:');
  });

  it('still names a duty of which nobody is reminded any more', async () => {
    for (let day = 1; day <= 31; day += 1) {
      setting.world.nowMs = at(`2024-05-${String(day).padStart(2, '0')} 15:00`);
      await tickDuties(setting.app);
    }
    expect((await setting.app.duties.get(DL2))?.nextAtMs).toBeNull();
    expect((await toldAt('2024-06-17 08:00'))['hoa']).toContain(
      '6 tháng, hạn 09/5, anh Dũng, máy đã thôi nhắc',
    );
  });

  it('counts what was done in the week before, and says nothing where there is nothing to say', async () => {
    await change(DL2, (duty) => answer(duty, { kind: 'done', proof: null }, '2024-04-24 10:00'));
    expect((await toldAt('2024-05-02 08:00'))['hoa']).toMatch(/tuần này\.\nTuần trước đã xong 1 việc\.$/u);
    expect((await toldAt('2024-05-06 08:00'))['hoa']).toBeUndefined();
  });

  it('goes to the deputy of a leader who is away', async () => {
    const away = { ...head, leave: { from: '2024-05-06', to: '2024-05-10' }, deputyId: 'quan' };
    setting.world.staff = [dung, away, chair, admin];
    const told = await toldAt('2024-05-06 08:00');
    const row = await setting.app.deliveries.get('week.2024-05-06.hoa');
    expect(row?.target).toMatchObject({ chat: { chatId: 'z-quan' } });
    expect(told['hoa']).toMatch(/^Anh Quân: .*\nTin này nhờ nhận thay anh Hoa đang nghỉ\.$/su);
  });

  it('names a few of many and counts the rest', async () => {
    const one = await setting.app.duties.get(DL2);
    if (!one) throw new Error('no duty');
    for (let n = 1; n <= 8; n += 1)
      await setting.app.duties.open({ ...one, id: `TV-${String(n)}.2024-05-09` });
    const said = (await toldAt('2024-05-06 08:00'))['hoa'] ?? '';
    expect(said).toContain('Đến hạn trong tuần 9 việc:');
    expect(said.split('\n').filter((line) => /^\d+\. /u.test(line))).toHaveLength(6);
    expect(said).toContain('và 3 việc nữa.');
  });
});

describe('“tuần này”', () => {
  const asked = async (who: StaffMember, now: string): Promise<string> => {
    setting.world.nowMs = at(now);
    const chat = who.contacts[0] ?? { platform: 'zalo' as const, chatId: 'nobody' };
    const id = `${who.id} ${now}`;
    await showWeek(setting.app, { id, conversation: newConversation(chat, setting.world.nowMs) });
    return setting.textOf(id);
  };

  it('shows a leader the same at any time, also when nothing is due', async () => {
    expect(await asked(head, '2024-05-08 20:00')).toContain('6 tháng, hạn 09/5, anh Dũng');
    expect(await asked(head, '2024-04-10 09:00')).toMatch(/^Tuần này không có việc quá hạn/u);
    expect(await asked(outsider, '2024-05-08 20:00')).toMatch(/^Tuần này không có việc quá hạn/u);
  });

  it.each(['tuần này', '/tuannay', 'Việc tuần này'])(
    'is “%s” for leaders, and a word like others for all else',
    (words) => {
      expect(new Person({ staff: head }).say(words)).toEqual([{ kind: 'show-week' }]);
      expect(new Person({ staff: dung }).say(words)).not.toContainEqual({ kind: 'show-week' });
      expect(new Person().say(words)).not.toContainEqual({ kind: 'show-week' });
    },
  );

  it('tells an officer who is no leader nothing', async () => {
    expect(await asked(dung, '2024-05-08 20:00')).not.toContain('hạn');
  });
});

describe('the time to tell of a week', () => {
  it.each([
    ['2024-05-06 08:00', '2024-05-06', 'on Monday'],
    ['2024-05-07 16:59', '2024-05-06', 'still on Tuesday, where nothing ran on Monday'],
    // 29 and 30/4 and 1/5 were days off.
    ['2024-05-02 08:00', '2024-04-29', 'on the first working day after a holiday'],
  ])('%s is: %s', (now, monday) => {
    expect(weekToTell(calendar, at(now))?.monday).toBe(monday);
  });

  it.each([
    '2024-05-06 07:59',
    '2024-05-06 17:00',
    '2024-05-08 09:00',
    '2024-05-05 09:00',
    '2024-04-29 09:00',
  ])('%s is not', (now) => {
    expect(weekToTell(calendar, at(now))).toBeNull();
  });

  it('ends where the next one begins', () => {
    expect(weekOf('2024-12-31').monday).toBe('2024-12-30');
    expect(weekOf('2025-01-05').untilMs).toBe(weekOf('2025-01-06').fromMs);
  });
});
