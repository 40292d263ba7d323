import { beforeEach, describe, expect, it } from 'vitest';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { sendUrgent } from '#src/app/broadcast/urgent/send-urgent.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { fillTemplate } from '#src/domain/broadcast/urgent.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { Plan, UrgentTemplate } from '#src/domain/plan.ts';
import { newRun, wordsOf } from '#src/domain/run.ts';
import { Person } from '#test/support/conversation.ts';
import { kinds, staffWith } from '../compose/support.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, type BroadcastWorld } from './world.ts';

const template: UrgentTemplate = {
  id: 'power-cut',
  title: 'Mất điện',
  body: 'Mất điện ở {nơi}, {giờ}.',
  approvedBy: 'chairperson',
  approvedOn: '2024-03-01',
};
const draft = { templateId: 'power-cut', place: 'Khu 3', time: 'từ 22 giờ' };
const seen = fillTemplate(template, draft);

describe('the form of an urgent post', () => {
  it('asks which, where and when, shows what goes out, and takes one confirmation', () => {
    const leader = new Person({ staff: staffWith('leader') });
    leader.say('tin khẩn');
    leader.say('3');
    leader.say('Khu 3');
    const preview = leader.say('từ 22 giờ đến nửa đêm');
    expect(kinds(preview)).toEqual(['preview-run', 'say']);
    const [shown] = preview;
    const body = shown?.kind === 'preview-run' ? shown.draft.body : '';
    expect(body).toContain('Nơi mất điện: Khu 3. Thời gian: từ 22 giờ đến nửa đêm.');
    const [effect] = leader.say('1');
    expect(effect).toMatchObject({ kind: 'send-urgent', seen: body });
  });

  it.each(['/khan', 'tin khan', 'TIN KHẨN'])('begins with %s', (words) => {
    const leader = new Person({ staff: staffWith('chairperson') });
    leader.say(words);
    expect(leader.conversation.flow?.name).toBe('urgent');
  });

  it('is for those on duty: an editor is told so, a resident’s words stay words', () => {
    const editor = new Person({ staff: staffWith('editor') });
    expect(editor.say('/khan')[0]).toMatchObject({ text: { key: 'common.notAllowed' } });
    const resident = new Person();
    resident.say('tin khẩn');
    expect(resident.conversation.flow?.name).not.toBe('urgent');
  });

  it('takes no text of one’s own in place of a blank, and goes back step by step', () => {
    const leader = new Person({ staff: staffWith('leader') });
    leader.say('/khan');
    leader.say('1');
    expect(leader.say('dài '.repeat(60))[0]).toMatchObject({ text: { key: 'urgent.tooLong' } });
    leader.say('Khu 3');
    leader.say('9');
    expect(leader.conversation.flow?.step).toBe('place');
    leader.say('0');
    expect(leader.conversation.flow).toBeNull();
  });

  it('fills blanks with plain words', () => {
    expect(fillTemplate(template, { place: '*Khu*\n{giờ}', time: 'bây giờ' })).toBe(
      'Mất điện ở \\*Khu\\* {giờ}, bây giờ.',
    );
  });
});

describe('an urgent post', () => {
  let world: BroadcastWorld;
  let plan: Plan;
  beforeEach(async () => {
    world = createBroadcastWorld();
    world.join('dung', 'leader');
    world.join('binh', 'approver');
    world.join('ha', 'editor');
    world.destinations.set('g', groupDestination('g'));
    // Eleven at night on a silent day.
    world.state.nowMs = atLocal('2024-03-18', '23:00');
    const current = await world.ports.plans.current();
    if (!current) throw new Error('no plan');
    const { broadcasting } = current.plan;
    const silentDays = [{ date: '2024-03-18', reason: 'Quốc tang' }];
    plan = {
      ...current.plan,
      units: [{ id: 'chairperson', name: 'Chủ tịch', renamed: [] }] as unknown as Plan['units'],
      broadcasting: { ...broadcasting, silentDays, urgentTemplates: [template] },
    };
    world.ports.plans.current = () => Promise.resolve({ plan, posts: [] });
  });

  it('goes out at once past quiet hours, silent days and the one post a day, exactly as it was shown', async () => {
    world.runs.set(
      'today',
      newRun({
        ...world.sampleRun(),
        id: 'today',
        state: 'done',
        startedAtMs: world.state.nowMs - 3_600_000,
        startedOn: '2024-03-18',
        sendAtMs: world.state.nowMs - 3_600_000,
      }),
    );
    const tap = world.from('dung');
    for (let twice = 0; twice < 2; twice += 1) await sendUrgent(world.ports, tap, draft, seen);
    await startDueRuns(world.ports);
    const run = [...world.runs.values()].find((one) => one.kind === 'urgent');
    expect(run).toMatchObject({ state: 'sending', startedAtMs: world.state.nowMs });
    expect(world.runs.size).toBe(2);
    if (!run) throw new Error('no run');
    expect(isApproved(run, hash)).toBe(true);
    expect(wordsOf(run.renderings.telegram)).toContain('Mất điện ở Khu 3, từ 22 giờ.');
    expect(world.deliveries.rows.has(`${run.id}.g`)).toBe(true);
  });

  it('has in the log who approved the template and who sent it; those who could stop it hear of it', async () => {
    await sendUrgent(world.ports, world.from('dung'), draft, seen);
    expect(world.entries.find((entry) => entry.action === 'urgent-sent')).toMatchObject({
      by: 'dung',
      reason: 'template power-cut, approved by chairperson on 2024-03-01',
    });
    expect(world.toldTo('binh').join()).toContain('chị dung cho gửi. Lời do Chủ tịch duyệt sẵn.');
    expect(world.toldTo('dung').join()).toContain('0 Thôi gửi');
  });

  it.each([
    ['from an editor', 'ha', seen],
    ['once its template was changed after the preview', 'dung', 'Mất điện ở Khu 1, từ 22 giờ.'],
  ])('does not go out %s', async (_, who, shown) => {
    await sendUrgent(world.ports, world.from(who), draft, shown);
    expect(world.runs.size).toBe(0);
    expect(world.toldTo(who)).toHaveLength(1);
  });

  it('for nobody says so', async () => {
    world.destinations.clear();
    await sendUrgent(world.ports, world.from('dung'), draft, seen);
    expect(world.runs.size).toBe(0);
    expect(world.toldTo('dung').join()).toContain('không có nơi nào nhận');
  });
});
