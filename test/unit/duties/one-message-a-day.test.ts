import { describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import { acknowledgeDuties, showDuty } from '#src/app/duties/listed-duties.ts';
import { tellWaitingDuties } from '#src/app/duties/tell-waiting-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { OpenPrompt } from '#src/domain/conversation/types.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { Person, plan } from '#test/support/conversation.ts';
import { at, chair, dung, dutyWorld, head, human } from './duty-world.ts';

type Setting = Awaited<ReturnType<typeof dutyWorld>>;

const fewer = { ...plan, routines: plan.routines.filter(({ id }) => id === 'NV-1') };

/** On 18/3 DL-1 has its reminder, and NV-1 is due on the Wednesday of that week; on 19/3 both speak. */
async function opened(now: string, ...staff: readonly StaffMember[]): Promise<Setting> {
  const people = staff.length > 0 ? staff : [dung, head, chair];
  const setting = await dutyWorld({ nowMs: at(now), staff: people, plan: fewer });
  await openPlanDuties(setting.app);
  return setting;
}

async function tickAt(setting: Setting, now: string): Promise<readonly string[]> {
  setting.world.nowMs = at(now);
  const before = setting.rows.length;
  await tickDuties(setting.app);
  return setting.rows.slice(before);
}

/** What each message tells, by its id. */
async function toldBy(setting: Setting): Promise<Readonly<Record<string, readonly string[]>>> {
  const told: Record<string, readonly string[]> = {};
  for (const id of setting.rows) {
    const subject = (await setting.app.deliveries.get(id))?.prompt?.subject;
    if (subject?.kind === 'duty' || subject?.kind === 'duty-list') told[id] = subject.reminders ?? [];
  }
  return told;
}

/** The same duty with its next reminder at an instant, and nothing before it. */
async function speakAt({ app }: Setting, dutyId: string, ...instants: readonly string[]): Promise<void> {
  const duty = await app.duties.get(dutyId);
  if (!duty) throw new Error(`no duty ${dutyId}`);
  const rungs = instants.map((instant, index) => ({ index, kind: 'remind' as const, atMs: at(instant) }));
  const moved: Duty = { ...duty, rungs, nextRung: 0, nextAtMs: at(instants[0] ?? ''), rev: duty.rev + 1 };
  await app.duties.save(moved, duty.rev);
}

describe('what a person is reminded of on one day', () => {
  it('is one message with a number for each duty', async () => {
    const setting = await opened('2024-03-18 07:00');
    expect(await tickAt(setting, '2024-03-19 07:30')).toContain('duty.2024-03-19.1.dung');
    expect((await toldBy(setting))['duty.2024-03-19.1.dung']).toEqual(['DL-1.2024.7', 'NV-1.2024-03-20.1']);
    expect(await setting.textOf('duty.2024-03-19.1.dung')).toBe(
      [
        'Anh Dũng: hôm nay 19/3 có 2 việc cần nhớ.',
        '1. Kế hoạch và nội dung triển khai thực hiện dân chủ ở cơ sở trong hoạt động của cơ quan, hạn cuối thứ Ba 19/3. ' +
          'Hôm nay là ngày cuối. Nếu đến 15 giờ ngày 19/3 chưa có trả lời, tin tự động báo phụ trách và Chủ tịch.',
        '2. Rà soát, phân công người theo dõi, đôn đốc việc thực hiện dân chủ, hạn cuối thứ Tư 20/3. ' +
          'Còn 1 ngày làm việc. Nếu đến 7 giờ 30 ngày 20/3 chưa có trả lời, tin tự động báo phụ trách.',
        'Trả lời việc nào, anh nhắn số của việc ấy.',
        '',
        '3 Đã xem',
      ].join('\n'),
    );
  });

  it('is answered right below where it is one thing, with what else is due this week under its number', async () => {
    const setting = await opened('2024-03-18 07:00');
    await tickAt(setting, '2024-03-18 07:30');
    const row = await setting.app.deliveries.get('duty.2024-03-18.1.dung');
    expect(row?.message?.text).toContain(
      [
        'Tuần này còn:',
        '5. Rà soát, phân công người theo dõi, đôn đốc việc thực hiện dân chủ, hạn cuối thứ Tư 20/3. Còn 2 ngày làm việc.',
        '',
        '1 Đã xem · 2 Để sau · 3 Đã làm xong · 4 Cần hỗ trợ',
      ].join('\n'),
    );
    const person = new Person({ staff: dung });
    const asked: OpenPrompt[] = row?.prompt ? [{ ...row.prompt, askedAtMs: person.nowMs }] : [];
    person.conversation = { ...person.conversation, prompts: asked };
    expect(person.say('5')).toMatchObject([{ kind: 'show-duty', dutyId: 'NV-1.2024-03-20' }]);
    expect(person.say('1')).toMatchObject([{ kind: 'duty-action', dutyId: 'DL-1.2024' }]);
  });

  it('stands in exactly one message, also where the process died and more came due meanwhile', async () => {
    const setting = await opened('2024-03-18 07:00');
    await speakAt(setting, 'NV-1.2024-03-20', '2024-03-18 07:31');
    const { duties } = setting.app;
    const dying = {
      ...setting.app,
      duties: { ...duties, saveAll: () => Promise.reject(new Error('killed')) },
    };
    setting.world.nowMs = at('2024-03-18 07:30');
    await tickDuties(dying);
    setting.world.nowMs = at('2024-03-18 07:32');
    await tickDuties(dying);
    await tickDuties(setting.app);
    expect(await toldBy(setting)).toEqual({
      'duty.2024-03-18.1.dung': ['DL-1.2024.4'],
      'duty.2024-03-18.2.dung': ['NV-1.2024-03-20.0'],
    });
  });

  it('stands in exactly one message, whatever two processes at once see of it', async () => {
    const setting = await opened('2024-03-18 07:00');
    await speakAt(setting, 'NV-1.2024-03-20', '2024-03-18 07:30');
    setting.world.nowMs = at('2024-03-18 07:30');
    const { duties } = setting.app;
    const half = {
      ...setting.app,
      duties: {
        ...duties,
        due: async (nowMs: number, limit: number) =>
          (await duties.due(nowMs, limit)).filter(({ id }) => id.startsWith('DL')),
      },
    };
    await Promise.all([tickDuties(setting.app), tickDuties(half), tickDuties(setting.app)]);
    const told = Object.values(await toldBy(setting)).flat();
    expect(told.toSorted()).toEqual(['DL-1.2024.4', 'NV-1.2024-03-20.0']);
  });

  it('is at most one further message; a third waits for the morning, unless something is due; the preview says so', async () => {
    const setting = await opened('2024-03-11 07:00');
    await speakAt(setting, 'NV-1.2024-03-20', '2024-03-12 07:30', '2024-03-12 09:00', '2024-03-12 10:00');
    const { app } = setting;
    const listed = await previewReminders(app, at('2024-03-12 00:00'), at('2024-03-13 23:00'));
    expect(listed.filter(({ told }) => told?.staffId === 'dung').map(({ atMs }) => human(atMs))).toEqual([
      '2024-03-12 07:30',
      '2024-03-12 09:00',
      '2024-03-13 07:30',
    ]);
    for (const time of ['07:30', '09:00']) await tickAt(setting, `2024-03-12 ${time}`);
    const left = await previewReminders(app, at('2024-03-12 09:00'), at('2024-03-13 23:00'));
    expect(left.filter(({ told }) => told?.staffId === 'dung').map(({ atMs }) => human(atMs))).toEqual([
      '2024-03-13 07:30',
    ]);
    await tickAt(setting, '2024-03-12 10:00');
    const dueAt = async (count: number) =>
      human((await setting.app.deliveries.get(`duty.2024-03-12.${String(count)}.dung`))?.dueAtMs ?? 0);
    expect(await Promise.all([1, 2, 3].map(dueAt))).toEqual([
      '2024-03-12 07:30',
      '2024-03-12 09:00',
      '2024-03-13 07:30',
    ]);
  });
});

describe('a message that waits for a morning', () => {
  it('speaks of the day on which it comes, and of no step that is over by then', async () => {
    const setting = await opened('2024-03-11 07:00');
    await speakAt(setting, 'NV-1.2024-03-20', '2024-03-19 21:30', '2024-03-20 06:00', '2024-03-20 15:00');
    const [id = ''] = await tickAt(setting, '2024-03-19 21:30');
    expect(human((await setting.app.deliveries.get(id))?.dueAtMs ?? 0)).toBe('2024-03-20 06:30');
    expect(await setting.textOf(id)).toContain('hạn cuối thứ Tư 20/3. Hôm nay là ngày cuối.\n');
  });
});

describe('a list of reminders', () => {
  async function listed() {
    const setting = await opened('2024-03-18 07:00');
    await tickAt(setting, '2024-03-19 07:30');
    const row = await setting.app.deliveries.get('duty.2024-03-19.1.dung');
    const person = new Person({ staff: dung });
    const list: OpenPrompt[] = row?.prompt ? [{ ...row.prompt, askedAtMs: person.nowMs }] : [];
    person.conversation = { ...person.conversation, prompts: list };
    const context = { id: 'e1', conversation: newConversation({ platform: 'zalo', chatId: 'z-dung' }, 0) };
    return { setting, person, context };
  }

  it('opens a duty by its number, with what can be answered, and the next number means the list again', async () => {
    const { setting, person, context } = await listed();
    const [first] = person.say('1');
    expect(first).toEqual({ kind: 'show-duty', dutyId: 'DL-1.2024', to: 'responsible' });
    if (first?.kind === 'show-duty') await showDuty(setting.app, context, first);
    const shown = await setting.app.deliveries.get('e1');
    expect(shown?.message?.text).toContain('1 Đã xem · 2 Để sau · 3 Đã làm xong · 4 Cần hỗ trợ');
    const { prompts } = person.conversation;
    const opened: OpenPrompt[] = shown?.prompt ? [{ ...shown.prompt, askedAtMs: person.nowMs }] : [];
    person.conversation = { ...person.conversation, prompts: [...opened, ...prompts] };
    expect(person.say('1')).toMatchObject([
      { kind: 'duty-action', dutyId: 'DL-1.2024', action: 'acknowledge' },
    ]);
    expect(person.say('2')).toMatchObject([{ kind: 'show-duty', dutyId: 'NV-1.2024-03-20' }]);
  });

  it('is seen as a whole by “Đã xem”, and that is noted once for each duty', async () => {
    const { setting, person, context } = await listed();
    const [seen] = person.say('đã xem');
    if (seen?.kind !== 'acknowledge-duties') throw new Error('not understood');
    await acknowledgeDuties(setting.app, context, seen.dutyIds);
    await acknowledgeDuties(setting.app, context, seen.dutyIds);
    expect(await setting.textOf('e1')).toBe('Đã ghi: anh đã xem 2 việc.');
    for (const id of ['DL-1.2024', 'NV-1.2024-03-20']) {
      const duty = await setting.app.duties.get(id);
      expect(duty?.state).toBe('acknowledged');
      expect(duty?.history.filter(({ action }) => action === 'acknowledged')).toHaveLength(1);
    }
  });

  it('that Zalo did not take comes once when its officer writes again, as long as one of its duties is open', async () => {
    const { setting, context } = await listed();
    const { deliveries } = setting.app;
    const lease = {
      platform: 'zalo',
      lane: 'reminder',
      limit: 9,
      token: 't',
      realNowMs: 0,
      leaseMs: 1,
    } as const;
    await deliveries.lease({ ...lease, nowMs: setting.world.nowMs });
    const gone = { id: 'duty.2024-03-19.1.dung', state: 'gone', detail: 'window-closed' } as const;
    await deliveries.settle([gone], 't');
    const before = setting.rows.length;
    const silent = { ...context.conversation, heardAtMs: at('2024-03-11 07:30') };
    await tellWaitingDuties(setting.app, silent);
    await tellWaitingDuties(setting.app, silent);
    expect(setting.rows.slice(before)).toEqual(['duty.2024-03-19.1.dung.late']);
    expect(await setting.textOf('duty.2024-03-19.1.dung.late')).toContain('hôm nay 19/3 có 2 việc cần nhớ');
  });

  it('shows nothing to whom the duty is none of theirs', async () => {
    const { setting } = await listed();
    const conversation = newConversation({ platform: 'zalo', chatId: 'z-stranger' }, 0);
    setting.world.staff.push({
      ...dung,
      id: 'stranger',
      contacts: [{ platform: 'zalo', chatId: 'z-stranger' }],
    });
    const show = { kind: 'show-duty', dutyId: 'DL-1.2024', to: 'responsible' } as const;
    await showDuty(setting.app, { id: 'e2', conversation }, show);
    expect(await setting.textOf('e2')).toContain('Việc này đang giao người khác');
  });
});
