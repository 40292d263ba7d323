import { localDateOf } from '../../calendar/local-time.ts';
import { parseDay } from '../../text/parse-day.ts';
import type { RemoteFile } from '../../inbound.ts';
import { readCount } from '../../vietnamese/count.ts';
import { fold } from '../../vietnamese/fold.ts';
import { findPhone } from '../../vietnamese/phone.ts';
import { findNeighbourhood } from '../../vietnamese/place.ts';
import type { Option } from '../choices.ts';
import type { Input, StepContext } from '../types.ts';
import type { About, Answer, Answers } from './answers.ts';
import type { Step } from './form.ts';
import { DONE, optionNumber } from './option-number.ts';

export type Read =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Kept, and there may be more: a second photo, another of several choices. */
  | { readonly kind: 'part'; readonly answer: Answer }
  | { readonly kind: 'unclear' };

const UNCLEAR: Read = { kind: 'unclear' };
const answer = (value: Answer | undefined): Read =>
  value === undefined ? UNCLEAR : { kind: 'answer', answer: value };

/** What somebody's words, tap, photo or place answer to a step; `before`: what it holds already. */
export function readAnswer(
  step: Step,
  input: Input,
  before: Answer | undefined,
  context: StepContext,
  about: About,
  answers: Answers,
): Read {
  const options = 'options' in step ? step.options(context, about, answers) : [];
  const text = input.kind === 'text' && input.text !== '' ? input : null;
  switch (step.kind) {
    case 'choice':
      return input.kind === 'choice' ? answer(knownOption(options, input.value)) : UNCLEAR;
    case 'choices':
      return readChoices(options, input, before);
    case 'text':
      return answer(text?.text.slice(0, step.maxLength));
    case 'count':
      return answer(countIn(input, step.most));
    case 'photos':
      return readPhotos(step.most, input, before);
    case 'place':
      if (input.kind === 'location') {
        const { latitude, longitude } = input;
        return answer({ text: null, location: { latitude, longitude } });
      }
      return answer(text ? { text: text.text, location: null } : undefined);
    case 'phone':
      return answer(phoneIn(input) ?? undefined);
    case 'date':
      return answer(text ? dayIn(step.range, text.folded, context) : undefined);
    case 'yes-no':
      return answer(yesOrNo(input));
    case 'neighbourhood':
      return answer(text ? neighbourhoodIn(text.text, context) : undefined);
  }
}

const knownOption = (options: readonly Option[], value: string): string | undefined =>
  options.find((option) => option.value === value)?.value;

function readChoices(options: readonly Option[], input: Input, before: Answer | undefined): Read {
  const chosen = Array.isArray(before) ? before.filter((one) => typeof one === 'string') : [];
  if (input.kind === 'choice') {
    if (input.value === DONE) return chosen.length > 0 ? answer(chosen) : UNCLEAR;
    const value = knownOption(options, input.value);
    if (value === undefined) return UNCLEAR;
    const without = chosen.filter((one) => one !== value);
    return { kind: 'part', answer: without.length < chosen.length ? without : [...chosen, value] };
  }
  if (input.kind !== 'text' || !/^[\d\s,.;và]+$/u.test(input.text)) return UNCLEAR;
  const numbers = new Set(input.text.match(/\d+/gu));
  const values = options.filter((_, index) => numbers.has(optionNumber(index))).map(({ value }) => value);
  return values.length === numbers.size ? answer(values) : UNCLEAR;
}

function readPhotos(most: number, input: Input, before: Answer | undefined): Read {
  const kept = photosIn(before);
  if (input.kind === 'choice' && input.value === DONE) return kept.length > 0 ? answer(kept) : UNCLEAR;
  if (input.kind !== 'file' || input.file.kind !== 'photo') return UNCLEAR;
  const photos = [...kept, input.file];
  return photos.length < most ? { kind: 'part', answer: photos } : answer(photos.slice(0, most));
}

function photosIn(before: Answer | undefined): readonly RemoteFile[] {
  const held: readonly (string | RemoteFile)[] = Array.isArray(before) ? before : [];
  return held.filter((one) => typeof one !== 'string');
}

function countIn(input: Input, most: number): number | undefined {
  const count = input.kind === 'text' ? readCount(input.text) : null;
  return count === null || count > most ? undefined : count;
}

function phoneIn(input: Input): string | null {
  if (input.kind === 'contact') return findPhone(input.phone);
  return input.kind === 'text' ? findPhone(input.text) : null;
}

function dayIn(range: DateRange, folded: string, { nowMs }: StepContext) {
  const today = localDateOf(nowMs);
  const day = parseDay(folded, today, range === 'to-today' ? 'back' : 'ahead');
  if (day === null) return undefined;
  if (range === 'from-today') return day >= today ? day : undefined;
  const isPast = day <= today;
  return isPast === (range === 'to-today') ? day : undefined;
}

type DateRange = Extract<Step, { readonly kind: 'date' }>['range'];

function yesOrNo(input: Input): boolean | undefined {
  if (input.kind === 'choice' && input.value === 'yes') return true;
  if (input.kind === 'choice') return input.value === 'no' ? false : undefined;
  if (input.kind !== 'text') return undefined;
  return /^(khong|ko|k|chua|thoi)\b/u.test(input.folded) ? false : undefined;
}

function neighbourhoodIn(words: string, { plan, text }: StepContext): string | undefined {
  if (fold(words) === fold(text({ key: 'group.wholeWard' }))) return '';
  return findNeighbourhood(words, plan.neighbourhoods)?.id;
}
