import { localDateOf } from '../../calendar/local-time.ts';
import { documentNumber } from '../../duties/parse-proof.ts';
import { parseDay } from '../../text/parse-day.ts';
import { type DutyWords, dutyWords } from '../../vietnamese/duty-words.ts';
import type { Conversation, Effect, Input, OpenPrompt, StepContext, StepResult } from '../types.ts';
import { reportsDone } from '../match-input.ts';
import { casePrompts } from './case-prompts.ts';
import { dutyPrompts } from './duty-prompts.ts';
import { dutyProofFlow, startDutyProof } from './duty-proof.ts';
import { dutySnoozeFlow } from './duty-snooze.ts';

type Text = Extract<Input, { readonly kind: 'text' }>;

/** A reminder that was said longer ago than this is not what words without a number speak of. */
const FRESH_MS = 3 * 24 * 3_600_000;
/** Number and day of a document; more than this speaks of something else. */
const LONGEST_PROOF = 60;

/** Values of the choices, in the order in which one is looked for: those of the responsible person, then of who stands above. */
const VALUES: Readonly<Record<DutyWords, readonly string[]>> = {
  done: ['done'],
  'not-yet': [],
  later: ['snooze'],
  help: ['help'],
  seen: ['acknowledge', 'known', 'all'],
};

/**
 * Words of staff right below a reminder that no label has: "xong rồi", "để thứ Hai", "số 45/BC-UBND ngày 8/5", "em đang làm".
 * Below the card of a case "xong" reports it done. Null: something else is meant.
 */
export function wordsOnDuty(
  { prompts: [newest] }: Pick<Conversation, 'prompts'>,
  input: Input,
  context: StepContext,
): StepResult | null {
  if (input.kind !== 'text') return null;
  const meant = dutyWords(input.folded);
  if (newest && meant === 'done' && reportsDone(newest)) return casePrompts(newest, 'propose', context);
  if (!isReminder(newest, context)) return null;
  if (newest.subject.kind === 'duty-list' && meant !== null && meant !== 'seen')
    return only({ kind: 'say', text: { key: 'duty.list.which' } });
  const isOwn = newest.choices.some(({ value }) => value === 'acknowledge');
  if (meant === null || meant === 'not-yet') return isOwn ? noted(newest, input, meant, context) : null;
  const value = VALUES[meant].find((one) => newest.choices.some((choice) => choice.value === one));
  if (value === undefined) return null;
  const day = parseDay(input.folded, localDateOf(context.nowMs));
  return value === 'snooze' && day !== null
    ? dutySnoozeFlow.onInput({ ...SNOOZE, dutyId: dutyOf(newest) }, input, context)
    : dutyPrompts(newest, value, context);
}

/** Words below a reminder that nothing else understood: what can be answered stands there once more. */
export function unclearOnDuty(
  { prompts: [newest] }: Pick<Conversation, 'prompts'>,
  input: Input,
  context: StepContext,
): StepResult | null {
  if (input.kind !== 'text' || !isReminder(newest, context) || newest.subject.kind === 'duty-list')
    return null;
  const choices = newest.choices.filter(({ value }) => !value.startsWith('open '));
  return only({ kind: 'say', text: { key: 'duty.wordsUnclear' }, subject: newest.subject, choices });
}

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

const SNOOZE = { name: 'duty-snooze', version: 1, step: 'until' } as const;

function isReminder(newest: OpenPrompt | undefined, { staff, nowMs }: StepContext): newest is OpenPrompt {
  if (!newest || staff === null || nowMs - newest.askedAtMs > FRESH_MS) return false;
  return ['duty', 'listed-duty', 'duty-list'].includes(newest.subject.kind);
}

const dutyOf = ({ subject }: OpenPrompt): string =>
  subject.kind === 'duty' || subject.kind === 'listed-duty' ? subject.dutyId : '';

/** How far it is, as it was said; or the document that shows it done, where nothing but that was written. */
function noted(
  newest: OpenPrompt,
  input: Text,
  meant: 'not-yet' | null,
  context: StepContext,
): StepResult | null {
  const dutyId = dutyOf(newest);
  if (meant === 'not-yet') return only({ kind: 'duty-action', dutyId, action: 'progress', note: input.text });
  const isDocument = input.text.length <= LONGEST_PROOF && /\d\s*\/\s*\p{L}/u.test(input.text);
  if (!isDocument || documentNumber(input.text) === null || /\bchua\b/u.test(input.folded)) return null;
  const asked = startDutyProof(dutyId, 'document', context);
  return asked.flow?.name === 'duty-proof' ? dutyProofFlow.onInput(asked.flow, input, context) : null;
}
