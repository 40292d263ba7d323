import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { controlFromChat } from '#src/app/broadcast/control-run.ts';
import { listPosts } from '#src/app/broadcast/own-posts/list-posts.ts';
import { saveDraft } from '#src/app/broadcast/own-posts/save-draft.ts';
import { returnRun } from '#src/app/broadcast/return-run.ts';
import { makeOccurrences } from '#src/app/broadcast/series/make-occurrences.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { showEntry } from '#src/app/broadcast/timetable/show-entry.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { daysInARow, overAMonth, repeatOf, weekly } from '#src/domain/broadcast/repeat.ts';
import { draftOfRun, draftOfSeries } from '#src/domain/broadcast/taken-up.ts';
import { atLocal, DAY_MS, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');
const AT = NOW + DAY_MS;
const HOUR_MS = 60 * MINUTE_MS;

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor', 'approver');
  world.join('binh', 'approver');
  world.destinations.set('g', groupDestination('g'));
  world.state.nowMs = NOW;
});

const full = {
  ...draft,
  photos: [{ kind: 'photo', ref: 'p' }],
  consent: {
    kind: 'recorded',
    person: 'bà Lan',
    record: 'ký giấy 12/3',
    photo: { kind: 'photo', ref: 'paper' },
  },
  sendAtMs: AT,
} as const;
const submit = (one = draft, takenUp: string | null = null) =>
  submitRun(world.ports, world.from('ha'), one, takenUp);
const approve = (seen?: string) => approveRun(world.ports, world.from('binh'), world.onlyRun().id, seen);
const questions = () => world.toldTo('binh').filter((text) => text.startsWith('Bài chờ duyệt'));

describe('a post handed in again', () => {
  it('unchanged is the same post, photos and papers included, and keeps its approval; another hour is told', async () => {
    await submit(full);
    await approve();
    const before = world.onlyRun();
    await submit({ ...draftOfRun(before), sendAtMs: AT + HOUR_MS }, before.id);
    const after = world.onlyRun();
    expect(after).toMatchObject({
      state: 'scheduled',
      sendAtMs: AT + HOUR_MS,
      contentHash: before.contentHash,
    });
    expect(isApproved(after, hash)).toBe(true);
    expect(questions()).toHaveLength(1);
    expect(world.toldTo('binh').at(-1)).toContain('dời bài');
  });

  it('with one word changed voids the approval: nothing goes out, and the approver is asked about the new words', async () => {
    await submit(full);
    const shown = world.onlyRun().contentHash;
    await approve();
    const run = world.onlyRun();
    await submit({ ...draftOfRun(run), body: 'Lời khác hẳn.' }, run.id);
    expect(world.onlyRun()).toMatchObject({ state: 'submitted', approverId: null, approvedHash: null });
    expect(questions().at(-1)).toContain('Lời khác hẳn.');
    world.state.nowMs = AT;
    expect(await startDueRuns(world.ports)).toBe(0);
    await approve(shown);
    expect(world.onlyRun().state).toBe('submitted');
    expect(world.entries.map(({ action }) => action)).toContain('run-changed-after-approval');
    await approve(world.onlyRun().contentHash);
    expect(isApproved(world.onlyRun(), hash)).toBe(true);
    expect(world.toldTo('ha').filter((text) => text.includes('đã được chị binh duyệt'))).toHaveLength(2);
  });

  it('after a refusal is asked about again, though the words are the same', async () => {
    await submit();
    await returnRun(world.ports, world.from('binh'), world.onlyRun().id, 'Gửi lại ngày mai');
    world.state.nowMs += HOUR_MS;
    const effect = world.from('ha');
    for (let twice = 0; twice < 2; twice += 1)
      await submitRun(world.ports, effect, draftOfRun(world.onlyRun()), world.onlyRun().id);
    expect(world.onlyRun()).toMatchObject({ state: 'submitted', returnComment: null });
    expect(questions()).toHaveLength(2);
  });

  it('is refused once it is going out, and for anybody but its author', async () => {
    await submit();
    const { id } = world.onlyRun();
    world.join('mai', 'editor');
    await submitRun(world.ports, world.from('mai'), { ...draft, body: 'Của người khác.' }, id);
    expect(world.onlyRun().body).toBe(draft.body);
    await approve();
    world.state.nowMs += 1;
    await startDueRuns(world.ports);
    await submit({ ...draft, body: 'Muộn rồi.' }, id);
    expect(world.onlyRun()).toMatchObject({ state: 'sending', body: draft.body });
    expect(world.toldTo('ha').at(-1)).toContain('không sửa được nữa');
  });

  it('as a series takes the place of the run, and the other way round', async () => {
    await submit();
    const { id } = world.onlyRun();
    const repeat = daysInARow(atLocal('2024-03-19', '06:30'));
    await submit({ ...draft, repeat }, id);
    expect(world.onlyRun().state).toBe('cancelled');
    const [series] = await world.ports.series.inState('submitted', 9);
    if (!series) throw new Error('no series');
    expect(draftOfSeries(series)).toMatchObject({ body: draft.body, repeat });
    await approveRun(world.ports, world.from('binh'), series.id, series.contentHash);
    await makeOccurrences(world.ports);
    await submit({ ...draftOfSeries(series), body: 'Lời mới', repeat: null }, series.id);
    expect(await world.ports.series.get(series.id)).toMatchObject({ state: 'stopped' });
    expect([...world.runs.values()].filter(({ state }) => state === 'scheduled')).toEqual([]);
    expect([...world.runs.values()].filter(({ state }) => state === 'submitted')).toMatchObject([
      { body: 'Lời mới' },
    ]);
  });
});

describe('a draft', () => {
  it('is kept whole under one id, is asked about of nobody, and goes out to nobody', async () => {
    const repeat = weekly(AT, [1]);
    const effect = world.from('ha');
    for (let twice = 0; twice < 2; twice += 1)
      await saveDraft(world.ports, effect, { ...full, sendAtMs: null, repeat }, null);
    expect(world.onlyRun().state).toBe('draft');
    expect(draftOfRun(world.onlyRun())).toMatchObject({ body: full.body, repeat, sendAtMs: null });
    expect(world.toldTo('binh')).toEqual([]);
    world.state.nowMs = AT + DAY_MS;
    expect(await startDueRuns(world.ports)).toBe(0);
  });

  it('of a post that waited takes it back from its approver', async () => {
    await submit();
    const { id, contentHash } = world.onlyRun();
    await saveDraft(world.ports, world.from('ha'), { ...draft, body: 'Nửa chừng' }, id);
    await approve(contentHash);
    expect(world.onlyRun()).toMatchObject({ id, state: 'draft', body: 'Nửa chừng', approverId: null });
  });

  it('is found the next day in its author’s list, opened by its number, and dropped for good', async () => {
    await saveDraft(world.ports, world.from('ha'), draft, null);
    await submit({ ...draft, title: 'Bài đang chờ' });
    world.join('mai', 'editor');
    world.state.nowMs += DAY_MS;
    await listPosts(world.ports, world.from('ha'));
    const listed = world.toldTo('ha').at(-1) ?? '';
    expect(listed).toContain('1 Dân được biết những gì? (đang soạn)');
    expect(listed).toContain('2 Bài đang chờ (đang chờ duyệt)');
    await listPosts(world.ports, world.from('mai'));
    expect(world.toldTo('mai').at(-1)).toContain('không có bài nào');
    const id = [...world.runs.values()].find(({ state }) => state === 'draft')?.id ?? '';
    await showEntry(world.ports, world.from('ha'), id);
    expect(world.toldTo('ha').at(-1)).toContain('1 Sửa · 2 Bỏ hẳn');
    await controlFromChat(world.ports, world.from('ha'), id, 'cancel');
    expect(world.runs.get(id)?.state).toBe('cancelled');
  });
});

it('finds the rhythm in a rule again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 * 24 * 60 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      (minutes, weekdays) => {
        const fromMs = NOW + minutes * 60_000;
        for (const [repeat, inTurn] of [
          [daysInARow(fromMs), false],
          [weekly(fromMs, weekdays), false],
          [overAMonth(fromMs, weekdays), true],
        ] as const)
          expect(repeatOf(repeat.rule, inTurn)).toMatchObject({
            kind: repeat.kind,
            startMs: repeat.startMs,
            weekdays: repeat.weekdays,
            rule: repeat.rule,
          });
      },
    ),
  );
});
