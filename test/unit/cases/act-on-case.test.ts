import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, newWork } from '#src/domain/case.ts';
import { CASE_STATES, type CaseState, OPEN_STATES } from '#src/domain/cases/states.ts';
import { actOnCase } from '#src/domain/cases/act-on-case.ts';
import type { Actor, CaseLaw } from '#src/domain/cases/case-law.ts';
import { cardActs, moreActs } from '#src/domain/cases/card-acts.ts';
import { COMPLAINT_STAGES, type ComplaintStage } from '#src/domain/cases/letter.ts';
import { type ActKind, type CaseAct, type Correction, TRANSITIONS } from '#src/domain/cases/acts.ts';
import type { StaffMember } from '#src/domain/staff.ts';

const officer: StaffMember = {
  ...{ id: 'dung', name: 'Dũng', address: 'anh', roles: ['handler'], unitId: 'u1', neighbourhood: null },
  ...{ contacts: [{ platform: 'zalo', chatId: '1' }], active: true },
};
const second: StaffMember = { ...officer, id: 'ha' };

const DAY = 86_400_000;
const law: CaseLaw = {
  dueAtMs: (clock) => clock.fromMs + 10 * DAY,
  silenceEndsMs: (fromMs) => fromMs + 3 * DAY,
  disputeEndsMs: (fromMs) => fromMs + 10 * DAY,
  longestExtension: { amount: 10, unit: 'working-days' },
  complaint: { acceptanceRule: 'accept', settlementRule: 'settle', complexRule: 'complex' },
  superiorId: 'phu',
  nextAtMs: () => null,
};

function matter(state: CaseState): Case {
  return {
    ...{ id: 'c1', code: '3-0001', resident: { platform: 'zalo', chatId: '7' }, residentName: '' },
    ...{ honorific: null, phone: null, text: 'Đèn hỏng', place: { text: null, location: null } },
    ...{ neighbourhoodId: null, mediaIds: [], categoryId: 'light', unitId: 'u1', state },
    ...newWork('answer', 0),
    ...{ createdAtMs: 0, dueAtMs: 10 * DAY, nextAtMs: null, rev: 1, history: [] },
    proposal: { byId: 'dung', atMs: 0, evidence: { kind: 'document', number: '1', date: null } },
    ...(OPEN_STATES.includes(state) || state === 'answered' ? {} : { closedAtMs: 0 }),
  };
}

const ACTS: Readonly<Record<ActKind, CaseAct>> = {
  take: { kind: 'take' },
  'hand-over': { kind: 'hand-over', toId: 'ha', reason: 'leave' },
  route: { kind: 'route', unitId: 'u2', reason: 'not ours' },
  say: { kind: 'say', words: 'soon' },
  ask: { kind: 'ask', words: 'where?' },
  'wait-outside': { kind: 'wait-outside', body: 'power company', checkAtMs: 2 * DAY },
  propose: { kind: 'propose', words: 'done', evidence: { kind: 'document', number: '1', date: null } },
  close: { kind: 'close' },
  extend: { kind: 'extend', term: { amount: 5, unit: 'working-days' }, reason: 'parts' },
  accept: { kind: 'accept' },
  complex: { kind: 'complex', reason: 'many heirs' },
  transfer: { kind: 'transfer', to: 'province', ground: 'law' },
  refuse: { kind: 'refuse', ground: 'law', words: 'no' },
  merge: { kind: 'merge', intoId: 'c2', intoCode: '3-0002' },
  reopen: { kind: 'reopen', reason: 'mistake' },
  reply: { kind: 'reply', words: 'here', mediaIds: [] },
  add: { kind: 'add', words: 'also', mediaIds: ['m'] },
  rate: { kind: 'rate', rating: 'satisfied' },
  dispute: { kind: 'dispute', why: 'still dark' },
  follow: { kind: 'follow', intoId: 'other', intoCode: '3-0009' },
  withdraw: { kind: 'withdraw' },
  correct: { kind: 'correct', to: { what: 'words', text: 'The lamp at alley 12' } },
};

const STAGES: Partial<Record<ActKind, ComplaintStage>> = { accept: 'to-accept', complex: 'accepted' };

/** Such a case as the act is for. */
function matterFor(kind: ActKind, state: CaseState, stage = STAGES[kind]): Case {
  return stage === undefined
    ? matter(state)
    : { ...matter(state), letter: { number: '12', receivedOn: '1970-01-01', stage } };
}

const actorOf = (kind: ActKind, member = kind === 'close' ? second : officer): Actor =>
  TRANSITIONS[kind].by === 'resident' ? { kind: 'resident' } : { kind: 'officer', member };
const at = (nowMs: number) => ({ actId: 'a1', nowMs, law });

const kinds = fc.constantFrom(...(Object.keys(ACTS) as ActKind[]));
const states = fc.constantFrom(...CASE_STATES);

it('leaves no way into or out of a state but those of the table', () => {
  const ended: readonly CaseState[] = ['merged', 'withdrawn'];
  fc.assert(
    fc.property(kinds, states, (kind, state) => {
      const acted = actOnCase(matterFor(kind, state), ACTS[kind], actorOf(kind), at(4 * DAY));
      expect(acted.kind).toBe(TRANSITIONS[kind].from.includes(state) ? 'acted' : 'refused');
      if (ended.includes(state)) expect(acted.kind).toBe('refused');
    }),
    { numRuns: 500 },
  );
});

it('writes each change into the history, with who, when and why, and does nothing twice', () => {
  fc.assert(
    fc.property(kinds, states, (kind, state) => {
      const before = matterFor(kind, state);
      const acted = actOnCase(before, ACTS[kind], actorOf(kind), at(4 * DAY));
      if (acted.kind !== 'acted') return;
      expect(acted.entry).toMatchObject({ atMs: 4 * DAY, actId: 'a1', action: TRANSITIONS[kind].action });
      expect(acted.entry.by).toBe(
        TRANSITIONS[kind].by === 'resident' ? 'resident' : kind === 'close' ? 'ha' : 'dung',
      );
      const after = { ...before, ...acted.change, history: [acted.entry] };
      expect(actOnCase(after, ACTS[kind], actorOf(kind), at(5 * DAY)).kind).toBe('repeated');
    }),
  );
});

it('remembers who had a case until an act took it from them, and only then', () => {
  fc.assert(
    fc.property(kinds, states, (kind, state) => {
      const before = matterFor(kind, state);
      const acted = actOnCase(before, ACTS[kind], actorOf(kind), at(4 * DAY));
      if (acted.kind !== 'acted') return;
      const { handlerId = before.handlerId } = acted.change;
      expect(acted.entry.heldBy ?? handlerId).toBe(before.handlerId ?? handlerId);
    }),
  );
});

it('asks for a reason of everything that ends a case or gives it away', () => {
  for (const kind of [
    'hand-over',
    'route',
    'extend',
    'complex',
    'transfer',
    'refuse',
    'reopen',
    'merge',
  ] as const) {
    const from = TRANSITIONS[kind].from[0] ?? 'new';
    const acted = actOnCase(matterFor(kind, from), ACTS[kind], actorOf(kind), at(4 * DAY));
    expect(acted).toMatchObject({ kind: 'acted', entry: { detail: expect.stringMatching(/./u) as string } });
  }
});

it('never lets a resident do what an officer does, nor an officer speak for a resident', () => {
  fc.assert(
    fc.property(kinds, states, (kind, state) => {
      const wrong: Actor =
        TRANSITIONS[kind].by === 'resident' ? { kind: 'officer', member: officer } : { kind: 'resident' };
      expect(actOnCase(matterFor(kind, state), ACTS[kind], wrong, at(4 * DAY))).toEqual({
        kind: 'refused',
        why: 'not-allowed',
      });
    }),
  );
});

it('stands still from a question to its answer, whatever ends the waiting', () => {
  const asked = actOnCase(matter('taken'), ACTS.ask, actorOf('ask'), at(DAY));
  if (asked.kind !== 'acted') throw new Error('not asked');
  const waiting = { ...matter('taken'), ...asked.change };
  for (const kind of ['reply', 'propose', 'withdraw', 'refuse'] as const) {
    const acted = actOnCase(waiting, ACTS[kind], actorOf(kind), { ...at(3 * DAY), actId: kind });
    expect(acted).toMatchObject({
      change: { clock: { pausedSinceMs: null, pauses: [{ fromMs: DAY, toMs: 3 * DAY }] } },
    });
  }
});

it('keeps what stood there before its resident put it right', () => {
  const before = { ...matter('taken'), phone: '0912345678' };
  const corrected = (to: Correction) =>
    actOnCase(before, { kind: 'correct', to }, { kind: 'resident' }, at(DAY));
  expect(corrected({ what: 'words', text: 'the lamp' })).toMatchObject({
    change: { text: 'the lamp' },
    entry: { by: 'resident', action: 'corrected', detail: 'Đèn hỏng' },
  });
  expect(corrected({ what: 'phone', phone: '0987654321' })).toMatchObject({
    change: { phone: '0987654321' },
    entry: { detail: '0912345678' },
  });
  const place = { text: 'alley 12', location: null };
  const placed = corrected({ what: 'place', place });
  expect(placed).toMatchObject({ change: { place } });
  expect(placed).not.toHaveProperty('entry.detail');
});

describe('a complaint', () => {
  const complaint = (stage: ComplaintStage) => matterFor('take', 'taken', stage);
  const done = (stage: ComplaintStage, kind: ActKind) =>
    actOnCase(complaint(stage), ACTS[kind], actorOf(kind), at(4 * DAY));

  it('is given the time of its law from the day on which it is accepted, and more once it is complicated', () => {
    const accepted = done('to-accept', 'accept');
    expect(accepted).toMatchObject({
      change: {
        letter: { number: '12', stage: 'accepted' },
        clock: { ruleId: 'settle', fromMs: 4 * DAY, pauses: [], extensions: [] },
        dueAtMs: 14 * DAY,
      },
    });
    if (accepted.kind !== 'acted') throw new Error('not accepted');
    const later = { ...at(9 * DAY), actId: 'a2' };
    const after = { ...complaint('to-accept'), ...accepted.change };
    expect(actOnCase(after, ACTS.complex, actorOf('complex'), later)).toMatchObject({
      change: { letter: { stage: 'complex' }, clock: { ruleId: 'complex', fromMs: 4 * DAY } },
      entry: { detail: 'many heirs' },
    });
  });

  it('is neither settled before it is accepted nor accepted or lengthened twice', () => {
    expect(done('to-accept', 'propose')).toEqual({ kind: 'refused', why: 'not-accepted' });
    expect(done('accepted', 'propose').kind).toBe('acted');
    expect(done('accepted', 'accept')).toEqual({ kind: 'refused', why: 'wrong-state' });
    expect(done('complex', 'complex')).toEqual({ kind: 'refused', why: 'wrong-state' });
    expect(actOnCase(matter('taken'), ACTS.accept, actorOf('accept'), at(DAY)).kind).toBe('refused');
  });

  it('never stands still, is extended or put into another, which its law does not know', () => {
    for (const stage of COMPLAINT_STAGES)
      for (const kind of ['ask', 'extend', 'merge'] as const)
        expect(done(stage, kind)).toEqual({ kind: 'refused', why: 'not-of-complaints' });
  });

  it('offers nothing on its card that cannot be done with it', () => {
    for (const stage of COMPLAINT_STAGES)
      for (const state of ['new', 'taken', 'outside', 'reopened', 'answered'] as const) {
        const more = state === 'answered' ? [] : moreActs(stage);
        const offered = [...cardActs(state, true, stage), ...more].filter((act) => act in ACTS) as ActKind[];
        for (const kind of offered) {
          const acted = actOnCase(matterFor(kind, state, stage), ACTS[kind], actorOf(kind), at(4 * DAY));
          expect([stage, state, kind, acted.kind]).toEqual([stage, state, kind, 'acted']);
        }
      }
  });
});
