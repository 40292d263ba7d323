import { localDateOf, localTimeOf, weekdayOf, yearOf } from '../../../calendar/local-time.ts';
import { parseWhen } from '../../../text/parse-when.ts';
import { numbered } from '../../choices.ts';
import type { StepContext } from '../../types.ts';
import type { ComposeState } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { takeFile } from './words-step.ts';

export const whenStep: ComposeStepHandler = {
  isNeeded: () => true,
  ask: (_, context) => ({
    key: 'compose.askWhen',
    choices: numbered(context, [
      { value: 'now', label: { key: 'compose.choice.now' } },
      { value: 'date', label: { key: 'compose.choice.date' } },
    ]),
  }),
  choose: ({ draft }, value) =>
    value === 'now' ? { kind: 'next', draft: { ...draft, sendAtMs: null } } : { kind: 'go', step: 'date' },
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

function hour({ step, draft }: ComposeState, words: string, context: StepContext): ComposeAnswer {
  const sendAtMs = parseWhen(words, context.nowMs);
  const ask = (key: string): ComposeAnswer =>
    step === 'date' ? again(key) : { kind: 'go', step: 'date', key };
  if (sendAtMs === null) return ask('compose.dateUnclear');
  if (sendAtMs <= context.nowMs) return ask('compose.datePast');
  return { kind: 'go', step: 'preview', draft: { ...draft, sendAtMs } };
}

/** "Gửi 6 giờ 30 thứ Hai 18/3." The year is said only where it is not this one. */
export function whenWords(sendAtMs: number | null, context: StepContext): string {
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
