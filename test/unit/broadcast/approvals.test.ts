import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { listApprovals, openApproval } from '#src/app/broadcast/list-approvals.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { daysInARow } from '#src/domain/broadcast/repeat.ts';
import { atLocal, DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import { Person } from '#test/support/conversation.ts';
import { staffWith } from '../compose/support.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.join('binh', 'editor', 'approver');
  world.destinations.set('g', groupDestination('g'));
  world.state.nowMs = NOW;
});

const submit = (who: string, title: string, sendAtMs: number | null) =>
  submitRun(world.ports, world.from(who), { ...draft, title, sendAtMs });

/** The list as the approver got it, and its answers as the conversation would take them. */
async function listed(): Promise<{
  readonly text: string;
  readonly answer: (words: string) => readonly Effect[];
}> {
  const context = world.from('binh');
  await listApprovals(world.ports, context);
  const row = world.deliveries.rows.get(context.id)?.delivery;
  const prompt: PromptToOpen | undefined = row?.prompt;
  return {
    text: row?.message?.text ?? '',
    answer(words) {
      const person = new Person({ staff: { ...staffWith('approver'), id: 'binh' } });
      const prompts = prompt ? [{ ...prompt, askedAtMs: 0 }] : [];
      person.conversation = { ...person.conversation, prompts };
      return person.say(words);
    },
  };
}

async function take(effects: readonly Effect[]): Promise<void> {
  for (const effect of effects)
    if (effect.kind === 'approve-run')
      await approveRun(world.ports, world.from('binh'), effect.runId, effect.contentHash);
}

describe('the week that waits for an approval', () => {
  beforeEach(async () => {
    await submit('ha', 'Họp khu phố', NOW + DAY_MS);
    await submit('ha', 'Tiêm phòng', null);
    await submit('binh', 'Bài của anh Bình', NOW + DAY_MS);
    await submit('ha', 'Bài tháng sau', NOW + 20 * DAY_MS);
    const repeat = daysInARow(atLocal('2024-03-19', '06:30'));
    await submitRun(world.ports, world.from('ha'), { ...draft, title: 'Loạt bài', repeat });
  });

  it('is one list with numbers, of runs and series, without what one wrote oneself or what comes later', async () => {
    const { text } = await listed();
    for (const title of ['Họp khu phố', 'Tiêm phòng', 'Loạt bài']) expect(text).toContain(`. ${title}\n`);
    expect(text).not.toContain('Bài của anh Bình');
    expect(text).not.toContain('Bài tháng sau');
    expect(text).toContain('4 Duyệt cả 3 bài');
  });

  it('is approved at a stroke, each by its own hash, but never one’s own', async () => {
    const { answer } = await listed();
    const effects = answer('4');
    expect(new Set(effects.map((one) => (one.kind === 'approve-run' ? one.contentHash : ''))).size).toBe(3);
    await take(effects);
    const states = [...world.runs.values()].map((run) => [run.title, run.state, isApproved(run, hash)]);
    expect(states).toEqual([
      ['Họp khu phố', 'scheduled', true],
      ['Tiêm phòng', 'scheduled', true],
      ['Bài của anh Bình', 'submitted', false],
      ['Bài tháng sau', 'submitted', false],
    ]);
    expect(await world.ports.series.inState('active', 9)).toHaveLength(1);
    expect(world.entries.filter((entry) => entry.action === 'run-approved')).toHaveLength(2);
  });

  it('leaves out what changed after it was listed', async () => {
    const { answer } = await listed();
    const run = [...world.runs.values()].find((one) => one.title === 'Tiêm phòng');
    if (!run) throw new Error('no run');
    world.runs.set(run.id, { ...run, contentHash: 'another' });
    await take(answer('4'));
    expect(world.runs.get(run.id)?.state).toBe('submitted');
  });

  it('opens one by its number with the whole text and the question', async () => {
    const { answer } = await listed();
    const [effect] = answer('1');
    if (effect?.kind !== 'open-approval') throw new Error(effect?.kind);
    await openApproval(world.ports, world.from('binh'), effect.runId);
    const told = world.toldTo('binh').at(-1);
    expect(told).toContain(draft.body);
    expect(told).toContain('1 Duyệt Họp khu phố · 2 Trả lại kèm ý kiến');
  });

  it('is for approvers alone', () => {
    expect(new Person({ staff: staffWith('approver') }).say('duyệt cả tuần')).toEqual([
      { kind: 'list-approvals' },
    ]);
    expect(new Person({ staff: staffWith('editor') }).say('/duyet')[0]).toMatchObject({
      text: { key: 'common.notAllowed' },
    });
    expect(new Person().say('duyệt cả tuần')[0]?.kind).not.toBe('list-approvals');
  });
});

it('says so when nothing waits', async () => {
  expect((await listed()).text).toContain('Không có bài nào chờ anh/chị duyệt');
});
