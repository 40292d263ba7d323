import type { ComplaintStage } from './letter.ts';
import type { CaseState } from './states.ts';

/** What an officer can choose below a card, in order, as the case stands; `more` opens the rest. */
export function cardActs(
  state: CaseState,
  isHeld: boolean,
  stage: ComplaintStage | null = null,
): readonly string[] {
  const acts = actsIn(state, isHeld);
  if (stage === null) return acts;
  return acts.flatMap((act) => {
    if (act === 'ask') return [];
    return act === 'propose' && stage === 'to-accept' ? ['accept'] : [act];
  });
}

function actsIn(state: CaseState, isHeld: boolean): readonly string[] {
  switch (state) {
    case 'new':
    case 'reopened':
      return [isHeld ? 'resume' : 'take', 'say', 'ask', 'propose', 'more'];
    case 'taken':
      return ['say', 'ask', 'propose', 'more'];
    case 'asked':
      return ['say', 'propose', 'more'];
    case 'outside':
      return ['say', 'propose', 'resume', 'more'];
    case 'answered':
      return ['close', 'history', 'deadline'];
    case 'closed':
    case 'transferred':
    case 'refused':
      return ['reopen', 'history', 'deadline'];
    case 'merged':
    case 'withdrawn':
      return ['history'];
  }
}

/** The rest, the most used first. */
const MORE_ACTS = [
  'hand-over',
  'wait-outside',
  'extend',
  'transfer',
  'refuse',
  'merge',
  'history',
  'deadline',
];

/** A complaint is neither put into another case nor extended, unless its law says so. */
export function moreActs(stage: ComplaintStage | null): readonly string[] {
  if (stage === null) return MORE_ACTS;
  return MORE_ACTS.flatMap((act) => {
    if (act === 'merge') return [];
    if (act !== 'extend') return [act];
    return stage === 'accepted' ? ['complex'] : [];
  });
}

/** What a resident can do with one of their cases. */
export function residentActs(state: CaseState): readonly string[] {
  switch (state) {
    case 'asked':
      return ['reply', 'correct', 'withdraw', 'deadline'];
    case 'new':
    case 'taken':
    case 'outside':
    case 'reopened':
      return ['add', 'correct', 'withdraw', 'deadline'];
    case 'answered':
      return ['satisfied', 'acceptable', 'dispute', 'add', 'correct'];
    case 'closed':
    case 'transferred':
    case 'refused':
      return ['dispute', 'correct'];
    case 'merged':
    case 'withdrawn':
      return [];
  }
}
