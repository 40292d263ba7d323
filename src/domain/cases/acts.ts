import type { CaseAction, CasePlace, Evidence, Rating } from '../case.ts';
import type { CaseState } from './states.ts';
import type { Term } from '../plan.ts';

/** What somebody wants to do to a case. Reasons and words are what the history keeps. */
export type CaseAct =
  | { readonly kind: 'take' }
  /** To a colleague. */
  | { readonly kind: 'hand-over'; readonly toId: string; readonly reason: string }
  /** To another unit. */
  | { readonly kind: 'route'; readonly unitId: string; readonly reason: string }
  | { readonly kind: 'say'; readonly words: string }
  | { readonly kind: 'ask'; readonly words: string }
  | { readonly kind: 'wait-outside'; readonly body: string; readonly checkAtMs: number }
  | { readonly kind: 'propose'; readonly words: string; readonly evidence: Evidence }
  /** By a second officer, after the resident's silence. */
  | { readonly kind: 'close' }
  | { readonly kind: 'extend'; readonly term: Term; readonly reason: string }
  /** A complaint: from here on its time to be settled is counted. */
  | { readonly kind: 'accept' }
  /** A complaint that the law gives more time. */
  | { readonly kind: 'complex'; readonly reason: string }
  /** `ground`: the legal reason, with its source. */
  | { readonly kind: 'transfer'; readonly to: string; readonly ground: string }
  | { readonly kind: 'refuse'; readonly ground: string; readonly words: string }
  | { readonly kind: 'merge'; readonly intoId: string; readonly intoCode: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  /** The resident's. */
  | { readonly kind: 'reply'; readonly words: string; readonly mediaIds: readonly string[] }
  | { readonly kind: 'add'; readonly words: string; readonly mediaIds: readonly string[] }
  | { readonly kind: 'rate'; readonly rating: Exclude<Rating, 'unsatisfied'> }
  | { readonly kind: 'dispute'; readonly why: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'correct'; readonly to: Correction }
  /** Somebody reported the same before: one case does for both. */
  | { readonly kind: 'follow'; readonly intoId: string; readonly intoCode: string };

/** What a resident puts right in a case of theirs. */
export type Correction =
  | { readonly what: 'words'; readonly text: string }
  | { readonly what: 'place'; readonly place: CasePlace }
  | { readonly what: 'phone'; readonly phone: string };

export type ActKind = CaseAct['kind'];

interface Transition {
  readonly from: readonly CaseState[];
  /** Null: the state stays. */
  readonly to: CaseState | null;
  readonly action: CaseAction;
  readonly by: 'officer' | 'resident';
  /** Only who has the case, or somebody above. */
  readonly needsHold?: true;
}

const WORKED: readonly CaseState[] = ['new', 'taken', 'outside', 'reopened'];
const OPEN: readonly CaseState[] = [...WORKED, 'asked'];
const ENDED: readonly CaseState[] = ['closed', 'transferred', 'refused'];

/** Every way a case can go; what is not here cannot happen. */
export const TRANSITIONS: Readonly<Record<ActKind, Transition>> = {
  take: {
    from: ['new', 'reopened', 'outside'],
    to: 'taken',
    action: 'taken',
    by: 'officer',
    needsHold: true,
  },
  'hand-over': { from: OPEN, to: null, action: 'handed-over', by: 'officer', needsHold: true },
  route: { from: WORKED, to: 'new', action: 'routed', by: 'officer', needsHold: true },
  say: { from: OPEN, to: null, action: 'said', by: 'officer', needsHold: true },
  ask: { from: WORKED, to: 'asked', action: 'asked', by: 'officer', needsHold: true },
  'wait-outside': { from: WORKED, to: 'outside', action: 'outside', by: 'officer', needsHold: true },
  propose: { from: OPEN, to: 'answered', action: 'answered', by: 'officer', needsHold: true },
  close: { from: ['answered'], to: 'closed', action: 'closed', by: 'officer' },
  extend: { from: WORKED, to: null, action: 'extended', by: 'officer', needsHold: true },
  accept: { from: WORKED, to: null, action: 'accepted', by: 'officer', needsHold: true },
  complex: { from: WORKED, to: null, action: 'made-complex', by: 'officer', needsHold: true },
  transfer: { from: OPEN, to: 'transferred', action: 'transferred', by: 'officer', needsHold: true },
  refuse: { from: OPEN, to: 'refused', action: 'refused', by: 'officer', needsHold: true },
  merge: { from: OPEN, to: 'merged', action: 'merged', by: 'officer', needsHold: true },
  reopen: { from: ENDED, to: 'reopened', action: 'reopened', by: 'officer' },
  reply: { from: ['asked'], to: 'taken', action: 'replied', by: 'resident' },
  add: { from: [...OPEN, 'answered'], to: null, action: 'added', by: 'resident' },
  rate: { from: ['answered', 'closed'], to: 'closed', action: 'rated', by: 'resident' },
  dispute: { from: ['answered', ...ENDED], to: 'reopened', action: 'disputed', by: 'resident' },
  withdraw: { from: [...OPEN, 'answered'], to: 'withdrawn', action: 'withdrawn', by: 'resident' },
  correct: { from: [...OPEN, 'answered', ...ENDED], to: null, action: 'corrected', by: 'resident' },
  follow: { from: OPEN, to: 'merged', action: 'merged', by: 'resident' },
};
