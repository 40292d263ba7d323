import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { listConsents } from '#src/app/broadcast/list-consents.ts';
import { makeOccurrences } from '#src/app/broadcast/series/make-occurrences.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { submitCorrection } from '#src/app/broadcast/submit-correction.ts';
import { withdrawConsent } from '#src/app/broadcast/withdraw-consent.ts';
import { contentHash } from '#src/domain/broadcast/approval.ts';
import { consentHold } from '#src/domain/broadcast/consent.ts';
import { daysInARow } from '#src/domain/broadcast/repeat.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun, PersonConsent } from '#src/domain/run.ts';
import { groupDestination, hash, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, draft as anyDraft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');
const RECORDED: PersonConsent = { kind: 'recorded', person: 'Bà Lan', record: 'giấy 12/3', photoId: null };
const draft = {
  ...anyDraft,
  topicId: 'TT-04',
  consent: { kind: 'recorded', person: 'Bà Lan', record: 'giấy 12/3', photo: null },
} as const;

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor', 'approver');
  world.join('binh', 'approver');
  world.destinations.set('g', groupDestination('g'));
  world.destinations.set('g2', groupDestination('g2'));
  world.state.nowMs = NOW;
});

const run = (id: string): BroadcastRun => {
  const found = world.runs.get(id);
  if (!found) throw new Error(`no run ${id}`);
  return found;
};
const rowsOf = (id: string): readonly string[] =>
  [...world.deliveries.rows.values()]
    .filter((row) => row.delivery.runId === id && row.delivery.state === 'pending')
    .map((row) => row.delivery.id);
/** An approved run, as it would stand after the approval. */
function scheduled(id: string, consent: PersonConsent | null, over: Partial<BroadcastRun> = {}): void {
  const made = sendingRun(id, {
    state: 'scheduled',
    startedAtMs: null,
    topicId: 'TT-04',
    sendAtMs: NOW,
    consent,
    ...over,
  });
  const contentHashOf = contentHash(made, hash);
  world.runs.set(id, { ...made, contentHash: contentHashOf, approvedHash: contentHashOf });
}

describe('a post that names a person', () => {
  it.each([
    [null, 'not-asked'],
    [{ kind: 'missing', person: 'Bà Lan' }, 'missing'],
    [{ kind: 'withdrawn', person: 'Bà Lan' }, 'withdrawn'],
    [{ kind: 'recorded', person: 'Bà Lan', record: '', photoId: null }, 'missing'],
    [{ kind: 'recorded', person: 'Bà Lan', record: '', photoId: 'p' }, null],
    [RECORDED, null],
    [{ kind: 'names-nobody' }, null],
  ] as const)('is held where consent is %j: %s', (consent, hold) => {
    const plan = { topics: [{ id: 'TT-04', namesPersons: true }] } as unknown as Plan;
    expect(consentHold(plan, { topicId: 'TT-04', consent })).toBe(hold);
  });

  it('is not handed in without that person’s consent, alone or in a series', async () => {
    const repeat = daysInARow(atLocal('2024-03-19', '06:30'));
    for (const one of [
      { ...draft, consent: null },
      { ...draft, consent: { kind: 'missing', person: 'Bà Lan' } as const },
      { ...draft, consent: { kind: 'missing', person: 'Bà Lan' } as const, repeat },
    ]) {
      await submitRun(world.ports, world.from('ha'), one);
    }
    expect(world.runs.size).toBe(0);
    expect(await world.ports.series.inState('submitted', 9)).toEqual([]);
    expect(world.toldTo('ha').filter((text) => text.includes('chưa gửi duyệt'))).toHaveLength(3);
  });

  it('shows the approver whose consent is recorded and how, with the paper kept and never sent out', async () => {
    const photo = { kind: 'photo', ref: 'paper' } as const;
    const consent = { ...draft.consent, record: '', photo };
    await submitRun(world.ports, world.from('ha'), { ...draft, consent });
    expect(world.toldTo('binh')[0]).toContain('Bài nêu tên Bà Lan, đã đồng ý: (có ảnh giấy).');
    const made = world.onlyRun();
    const kept = made.consent?.kind === 'recorded' ? made.consent.photoId : null;
    expect(world.media.has(kept ?? '')).toBe(true);
    expect(JSON.stringify([made.renderings, made.photoIds])).not.toContain(kept);
  });

  it('has its consent in what is approved', () => {
    scheduled('R', RECORDED);
    const other = contentHash({ ...run('R'), consent: { ...RECORDED, record: 'giấy 13/3' } }, hash);
    expect(other).not.toBe(run('R').contentHash);
  });

  it('is not approved and not started without it, and its author hears why once', async () => {
    scheduled('R', { kind: 'missing', person: 'Bà Lan' }, { authorId: 'ha' });
    world.runs.set('R', { ...run('R'), state: 'submitted', approverId: null });
    await approveRun(world.ports, world.from('binh'), 'R', run('R').contentHash);
    expect(run('R').state).toBe('submitted');
    expect(world.toldTo('binh').at(-1)).toContain('Chưa duyệt được');

    scheduled('Q', null, { authorId: 'ha' });
    for (let twice = 0; twice < 2; twice += 1) await startDueRuns(world.ports);
    expect(run('Q').state).toBe('returned');
    expect(rowsOf('Q')).toEqual([]);
    expect(world.toldTo('ha').filter((text) => text.includes('chưa rõ bài có nêu tên ai'))).toHaveLength(1);
  });

  it('goes out with it', async () => {
    scheduled('R', RECORDED);
    expect(await startDueRuns(world.ports)).toBe(1);
    expect(rowsOf('R')).toHaveLength(2);
  });
});

describe('a consent that is taken back', () => {
  const withdraw = async (id: string): Promise<void> => {
    const effect = world.from('ha');
    for (let twice = 0; twice < 2; twice += 1) await withdrawConsent(world.ports, effect, id);
  };

  it('is chosen by the person’s name, once each', async () => {
    scheduled('R', RECORDED);
    scheduled('Q', { ...RECORDED, person: 'bà lan' });
    scheduled('P', { ...RECORDED, person: 'Ông Bình' });
    scheduled('N', { kind: 'names-nobody' });
    await listConsents(world.ports, world.from('ha'));
    const labels = [...world.deliveries.rows.values()].flatMap(
      (row) => row.delivery.prompt?.choices.map(({ label }) => label) ?? [],
    );
    expect(labels.toSorted()).toEqual(['Bà Lan', 'Ông Bình']);
  });

  it('holds every post that names that person and has not gone out, and no other', async () => {
    scheduled('R', RECORDED);
    scheduled('Q', { ...RECORDED, person: 'bà lan' }, { sendAtMs: NOW + 1 });
    scheduled('P', { ...RECORDED, person: 'Ông Bình' });
    await withdraw('R');
    world.state.nowMs += 2;
    await startDueRuns(world.ports);
    expect([run('R').state, run('Q').state]).toEqual(['returned', 'returned']);
    expect(run('P').state).toBe('sending');
    await approveRun(world.ports, world.from('binh'), 'R');
    expect(run('R').state).toBe('returned');
    expect(world.toldTo('ha').at(-1)).toContain('không gửi nữa');
  });

  it('stops a post that is going out where it has not arrived, and names what went out', async () => {
    scheduled('R', RECORDED);
    await startDueRuns(world.ports);
    await world.deliveries.change('R.g', ['pending'], { state: 'sent' });
    await withdraw('R');
    expect(run('R').state).toBe('cancelled');
    expect(rowsOf('R')).toEqual([]);
    expect(world.deliveries.one('R.g').state).toBe('sent');
    expect(world.toldTo('ha').at(-1)).toContain(`Bài đã gửi rồi: “${run('R').title}”`);
    await advanceRuns(world.ports);
    expect(run('R').state).toBe('cancelled');
  });

  it('ends a series and the runs that it has made', async () => {
    await submitRun(world.ports, world.from('ha'), {
      ...draft,
      repeat: daysInARow(atLocal('2024-03-19', '06:30')),
    });
    const [series] = await world.ports.series.inState('submitted', 9);
    await approveRun(world.ports, world.from('binh'), series?.id ?? '', series?.contentHash);
    expect(await makeOccurrences(world.ports)).toBeGreaterThan(0);
    await withdraw(series?.id ?? '');
    world.state.nowMs += 3 * 86_400_000;
    await makeOccurrences(world.ports);
    await startDueRuns(world.ports);
    expect(new Set([...world.runs.values()].map(({ state }) => state))).toEqual(new Set(['returned']));
    expect(await world.ports.series.inState('active', 9)).toEqual([]);
  });

  it('does not hold the correction that takes the name out, and its approver reads that it names nobody', async () => {
    scheduled('R', RECORDED, { state: 'done', startedAtMs: NOW, finishedAtMs: NOW });
    await withdraw('R');
    await submitCorrection(world.ports, world.from('ha'), {
      runId: 'R',
      body: 'Khu 3 dọn ngõ.',
      reason: 'x',
    });
    expect(world.toldTo('binh').at(-1)).toContain('Bài không nêu tên ai.');
    const correction = [...world.runs.values()].find((one) => one.kind === 'correction');
    await approveRun(world.ports, world.from('binh'), correction?.id ?? '');
    expect(run(correction?.id ?? '').state).toBe('scheduled');
  });
});
