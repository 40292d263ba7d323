import { ENTRY_WAYS, type EntryWay } from '../../case.ts';
import { REPORT_CONSENT } from '../../personal-data.ts';
import { findPhone } from '../../vietnamese/phone.ts';
import type { Flow } from '../flow.ts';
import type { CaseDraft, Effect, Input, StepContext, StepResult } from '../types.ts';
import { absorb } from './report-absorb.ts';
import { asFirstAnswer, askStep, nextStep } from './report-ask.ts';
import { lawfulAnswer, lockAway, NOTHING } from './lawful-forms.ts';
import type { ReportState, ReportStep } from './report-state.ts';

/** Photos of one album, or sent one after another, are answered once; after this long the question is put again. */
const QUIET_MS = 60_000;

const EMPTY: ReportState = {
  name: 'report',
  version: 1,
  step: 'what',
  draft: NOTHING,
  settled: [],
  editing: false,
  askedAtMs: 0,
  albumId: null,
};

/** A form with nothing in it yet: asks what happened. */
export function startReport(context: StepContext): StepResult {
  return askStep({ ...EMPTY, askedAtMs: context.nowMs }, context);
}

/** "Nhập hộ": what a resident said on the phone, at the office or in a letter, in an officer's words. */
export function startEntry(context: StepContext): StepResult {
  return askStep({ ...EMPTY, step: 'way', askedAtMs: context.nowMs }, context);
}

/** A form that begins with what somebody simply sent: a sentence, a photo, a voice message, a place. */
export function startReportWith(input: Input, context: StepContext): StepResult {
  const started = proceed(EMPTY, input, context);
  const { flow } = started;
  if (flow?.name !== 'report' || flow.step === 'denunciation' || flow.step === 'complaint') return started;
  return asFirstAnswer(started, flow.draft, context);
}

export const reportFlow: Flow<ReportState> = {
  name: 'report',
  version: 1,
  takeOver,
  onInput(state, input, context) {
    if (input.kind === 'choice') return choose(state, input.value, context);
    if (input.kind === 'sticker') {
      return {
        flow: state,
        effects: [{ kind: 'say', text: { key: 'common.sticker' } }, ...askStep(state, context).effects],
      };
    }
    return proceed(state, input, context);
  },
};

/** What the older form had asked is not asked again; what came just now is taken in, unless it answers a question of that form. */
function takeOver(older: object, input: Input, context: StepContext): StepResult {
  const kept = 'draft' in older ? (older.draft as Partial<CaseDraft>) : {};
  const state: ReportState = { ...EMPTY, draft: { ...NOTHING, ...kept }, askedAtMs: context.nowMs };
  const wentOn = input.kind === 'choice' ? goOn(state, context) : proceed(state, input, context);
  return { ...wentOn, effects: [{ kind: 'say', text: { key: 'report.formChanged' } }, ...wentOn.effects] };
}

function proceed(before: ReportState, input: Input, context: StepContext): StepResult {
  const state = withLocked(before, context);
  const taken = absorb(state, input, context);
  if (taken.state.step === 'denunciation') {
    const { flow, effect } = lockAway(taken.state, taken.state.draft, context);
    return { flow, effects: [...askStep(flow, context).effects, effect] };
  }
  if (taken.kind === 'unclear') {
    return {
      flow: taken.state,
      effects: [{ kind: 'say', text: taken.say }, ...askStep(taken.state, context).effects],
    };
  }
  const moved = { ...taken.state, step: nextStep(taken.state, context) };
  const repeats =
    input.kind === 'file' &&
    moved.step === state.step &&
    state.askedAtMs > 0 &&
    context.nowMs - state.askedAtMs < QUIET_MS;
  if (repeats && moved.step !== 'summary') return { flow: moved, effects: [] };
  // Of more words at the same question its first asking counts, so that it gets its answer in the end.
  const isMore = input.kind === 'text' && moved.step === state.step && state.askedAtMs > 0;
  const asked = askStep({ ...moved, askedAtMs: isMore ? state.askedAtMs : context.nowMs }, context);
  return taken.say ? { ...asked, effects: [{ kind: 'say', text: taken.say }, ...asked.effects] } : asked;
}

/** What was locked away is the draft again for as long as one step takes. */
const withLocked = (state: ReportState, { locked }: StepContext): ReportState =>
  state.lockedId === undefined || locked === null ? state : { ...state, draft: locked };

const at = (state: ReportState, step: ReportStep, context: StepContext): StepResult =>
  askStep({ ...state, step, askedAtMs: context.nowMs }, context);

function choose(state: ReportState, value: string, context: StepContext): StepResult {
  if (value === 'cancel' && state.step !== 'denunciation') {
    const isEntry = state.step === 'way' || state.entered !== undefined;
    return {
      flow: null,
      effects: [{ kind: 'say', text: { key: isEntry ? 'entry.cancelled' : 'report.cancelled' } }],
    };
  }
  if (value === 'back') return back(state, context);
  switch (state.step) {
    case 'way':
      return isEntryWay(value)
        ? goOn({ ...state, entered: value, step: 'what' }, context)
        : askStep(state, context);
    case 'denunciation':
    case 'complaint':
      return lawful({ ...state, step: state.step }, value, context);
    case 'category':
      return goOn(
        { ...state, draft: { ...state.draft, categoryId: value }, settled: [...state.settled, 'category'] },
        context,
      );
    case 'phone':
      return goOn({ ...state, settled: [...state.settled, 'phone'] }, context);
    case 'summary':
      return summary(state, value, context);
    case 'edit':
      return edit(state, value, context);
    case 'what':
    case 'place':
    case 'behalf':
      return at(state, state.step, context);
  }
}

const isEntryWay = (value: string): value is EntryWay => ENTRY_WAYS.some((way) => way === value);

const goOn = (state: ReportState, context: StepContext): StepResult =>
  at({ ...state, editing: false }, nextStep({ ...state, editing: false }, context), context);

function back(state: ReportState, context: StepContext): StepResult {
  const previous: Readonly<Record<ReportStep, ReportStep>> = {
    way: 'way',
    denunciation: 'what',
    complaint: 'what',
    what: 'what',
    place: 'what',
    category: 'place',
    phone: 'place',
    behalf: 'summary',
    summary: 'phone',
    edit: 'summary',
  };
  const step = previous[state.step];
  return at(
    { ...state, settled: state.settled.filter((name) => name !== step), editing: step !== 'summary' },
    step,
    context,
  );
}

function lawful(
  before: ReportState & { readonly step: 'denunciation' | 'complaint' },
  value: string,
  context: StepContext,
): StepResult {
  if (value === 'cancel')
    return { flow: null, effects: [{ kind: 'say', text: { key: 'report.lockedKept' } }] };
  if (value !== 'not') return lawfulAnswer(before.step, value, context);
  const { lockedId, ...state } = withLocked(before, context);
  const wentOn = goOn({ ...state, step: 'what', settled: [...state.settled, before.step] }, context);
  if (lockedId === undefined) return wentOn;
  return { ...wentOn, effects: [...wentOn.effects, { kind: 'forget-locked', lockedId }] };
}

function summary(state: ReportState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'send':
    case 'anonymous':
      return { flow: null, effects: [send(state, value === 'anonymous')] };
    case 'edit':
      return at(state, 'edit', context);
    case 'behalf':
      return at(state, 'behalf', context);
    case 'myself':
      return at({ ...state, draft: { ...state.draft, behalfOf: null } }, 'summary', context);
    case 'privacy':
      return {
        flow: state,
        effects: [{ kind: 'say', text: { key: 'report.privacy' } }, ...askStep(state, context).effects],
      };
    default:
      return at(state, 'summary', context);
  }
}

/** Without a name means without a number to call, too. Nobody agrees in another's name. */
function send({ draft, entered }: ReportState, isAnonymous: boolean): Effect {
  if (entered !== undefined) return { kind: 'create-case', draft, entered };
  return isAnonymous
    ? {
        kind: 'create-case',
        draft: { ...draft, phone: null, behalfOf: null },
        consent: REPORT_CONSENT,
        isAnonymous,
      }
    : { kind: 'create-case', draft, consent: REPORT_CONSENT };
}

/** A draft that has waited: reminded of once, then gone. Null: somebody has gone on with it meanwhile. */
export function ageDraft(
  state: ReportState,
  what: 'nudge' | 'erase',
  context: StepContext,
): StepResult | null {
  if (what === 'erase') return { flow: null, effects: [] };
  if (state.isNudged) return null;
  const asked = askStep({ ...state, isNudged: true }, context);
  return { ...asked, effects: [{ kind: 'say', text: { key: 'report.draftWaits' } }, ...asked.effects] };
}

function edit(state: ReportState, value: string, context: StepContext): StepResult {
  const editing = { ...state, editing: true };
  const { draft } = editing;
  switch (value) {
    case 'what':
      return at({ ...editing, draft: { ...draft, text: '' } }, 'what', context);
    case 'place':
      return at({ ...editing, draft: { ...draft, placeText: null, location: null } }, 'place', context);
    case 'phone':
      return at({ ...editing, draft: { ...draft, phone: null } }, 'phone', context);
    case 'category':
      return at({ ...editing, draft: { ...draft, categoryId: null } }, 'category', context);
    default:
      return at(state, 'summary', context);
  }
}

/** "Nhờ cán bộ gọi lại": a report whose only question is the phone number. */
export function startCallBack(context: StepContext): StepResult {
  const words = context.text({ key: 'report.callBackWords' });
  const state: ReportState = {
    ...EMPTY,
    step: 'phone',
    draft: { ...EMPTY.draft, text: words, wantsCall: true },
    settled: ['place', 'category'],
    askedAtMs: context.nowMs,
  };
  const phone = findPhone(context.carriedWords?.words ?? '');
  return phone
    ? at({ ...state, draft: { ...state.draft, phone } }, 'summary', context)
    : askStep(state, context);
}
