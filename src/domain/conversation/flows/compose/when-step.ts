import type { Repeat } from '../../../repeat.ts';
import { openHour } from '../../../broadcast/hours.ts';
import {
  atHourOf,
  daysInARow,
  overAMonth,
  parseRepeat,
  repeatWords,
  weekly,
} from '../../../broadcast/repeat.ts';
import {
  addDays,
  atLocal,
  localDateOf,
  localTimeOf,
  weekdayOf,
  yearOf,
} from '../../../calendar/local-time.ts';
import { parseWhen } from '../../../text/parse-when.ts';
import { numbered } from '../../choices.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeState } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { postsOf } from './topic-step.ts';
import { takeFile } from './words-step.ts';

const RHYTHMS = ['days', 'weekly', 'month'] as const;
/** Posts take turns where there are at least two of them. */
const MIN_IN_TURN = 2;

export const whenStep: ComposeStepHandler = {
  // What is spoken of in a meeting goes to its chair as soon as it is approved.
  isNeeded: ({ meeting }) => !meeting,
  ask: ({ draft }, context) => ({
    key: 'compose.askWhen',
    choices: numbered(
      context,
      ['now', 'date', ...RHYTHMS]
        .filter((value) => value !== 'month' || inTurn(draft, context) >= MIN_IN_TURN)
        .map((value) => ({ value, label: { key: `compose.choice.${value}` } })),
    ),
  }),
  choose({ draft }, value) {
    if (value === 'now') return { kind: 'next', draft: { ...draft, sendAtMs: null, repeat: null } };
    return { kind: 'go', step: RHYTHMS.find((one) => one === value) ?? 'date' };
  },
  text: hour,
  file: takeFile,
};

export const dateStep: ComposeStepHandler = {
  isNeeded: () => false,
  ask: () => ({ key: 'compose.askDate', choices: [] }),
  choose: () => again(),
  text: hour,
  file: takeFile,
};

/** What is offered first, so that one tap is enough: tomorrow, Monday, Monday and Thursday, in the morning. */
const OFFERED: Readonly<Record<Repeat['kind'], (tomorrowMs: number) => Repeat>> = {
  days: daysInARow,
  weekly: (fromMs) => weekly(fromMs, [1]),
  month: (fromMs) => overAMonth(fromMs, [1, 4]),
};

export const daysStep = rhythmStep('days');
export const weeklyStep = rhythmStep('weekly');
export const monthStep = rhythmStep('month');

function rhythmStep(kind: Repeat['kind']): ComposeStepHandler {
  return {
    isNeeded: () => false,
    ask: (_, context) => ({
      key: `compose.askRhythm.${kind}`,
      choices: numbered(context, [{ value: 'offered', label: { key: `compose.choice.offered.${kind}` } }]),
    }),
    choose: ({ draft }, _, context) => repeated(draft, OFFERED[kind](tomorrowMorning(context)), context),
    text({ draft }, words, context) {
      const repeat = parseRepeat(words, context.nowMs, kind);
      return repeat ? repeated(draft, repeat, context) : again(`compose.rhythmUnclear.${kind}`);
    },
    file: takeFile,
  };
}

/** The hour at which the night of the plan ends, on the next day. */
function tomorrowMorning({ nowMs, plan }: StepContext): number {
  return atLocal(addDays(localDateOf(nowMs), 1), plan.broadcasting.quiet.to);
}

function inTurn(draft: RunDraft, context: StepContext): number {
  const others = postsOf(draft.topicId, context).filter((post) => post.id !== draft.postId);
  return others.length + 1;
}

function repeated(draft: RunDraft, repeat: Repeat, context: StepContext): ComposeAnswer {
  const placed = openHour(repeat.startMs, { ...context.plan.broadcasting, silentDays: [] });
  return {
    kind: 'go',
    step: 'preview',
    draft: { ...draft, sendAtMs: null, repeat: placed.why === null ? repeat : atHourOf(repeat, placed.atMs) },
    ...(placed.why === null ? {} : { key: 'compose.previewMoved.quiet' }),
  };
}

function hour({ step, draft }: ComposeState, words: string, context: StepContext): ComposeAnswer {
  const repeat = parseRepeat(words, context.nowMs);
  if (repeat) return repeated(draft, repeat, context);
  const sendAtMs = parseWhen(words, context.nowMs);
  const ask = (key: string): ComposeAnswer =>
    step === 'date' ? again(key) : { kind: 'go', step: 'date', key };
  if (sendAtMs === null) return ask('compose.dateUnclear');
  if (sendAtMs <= context.nowMs) return ask('compose.datePast');
  const placed = openHour(sendAtMs, context.plan.broadcasting);
  return {
    kind: 'go',
    step: 'preview',
    draft: { ...draft, sendAtMs: placed.atMs, repeat: null },
    // Said at once, not when it is too late to choose another hour.
    ...(placed.why === null ? {} : { key: `compose.previewMoved.${placed.why}` }),
  };
}

/** When a draft goes out, in plain words. */
export function draftWhen(draft: RunDraft, context: StepContext): string {
  return draft.repeat
    ? context.text({
        key: 'compose.when.repeat',
        params: { rhythm: repeatWords(context.text, draft.repeat) },
      })
    : whenWords(draft.sendAtMs, context);
}

/** "Gửi 6 giờ 30 thứ Hai 18/3." The year is said only where it is not this one. */
function whenWords(sendAtMs: number | null, context: StepContext): string {
  if (sendAtMs === null) return context.text({ key: 'compose.when.now' });
  const date = localDateOf(sendAtMs);
  const [hourText = '', minute = ''] = localTimeOf(sendAtMs).split(':');
  const [year = '', month = '', day = ''] = date.split('-');
  const isThisYear = yearOf(date) === yearOf(localDateOf(context.nowMs));
  const spoken = [Number(day), Number(month), ...(isThisYear ? [] : [year])].join('/');
  return context.text({
    key: 'compose.when.at',
    params: {
      time: context.text({
        key: minute === '00' ? 'compose.when.hour' : 'compose.when.minute',
        params: { hour: Number(hourText), minute },
      }),
      weekday: context.text({ key: `common.weekday.${String(weekdayOf(date))}` }),
      date: spoken,
    },
  });
}
