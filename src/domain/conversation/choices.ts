import type { Choice } from '../outbound.ts';
import type { StepContext, TextRef } from './types.ts';

export interface Option {
  readonly value: string;
  /** Of `locales/`, or a name as it is. */
  readonly label: TextRef | string;
}

export const labelOf = ({ label }: Option, { text }: Pick<StepContext, 'text'>): string =>
  typeof label === 'string' ? label : text(label);

/** Choices in the order given, numbered from 1 unless told otherwise. */
export function numbered(
  context: StepContext,
  options: readonly Option[],
  numberOf = (index: number): string => String(index + 1),
): readonly Choice[] {
  return options.map((option, index) => ({
    number: numberOf(index),
    value: option.value,
    label: labelOf(option, context),
  }));
}

/** "0" is always Thôi. */
export function cancelChoice(context: StepContext): Choice {
  return { number: '0', value: 'cancel', label: context.text({ key: 'common.cancel' }) };
}

/** "9" is always Quay lại. */
export function backChoice(context: StepContext): Choice {
  return { number: '9', value: 'back', label: context.text({ key: 'common.back' }) };
}

/** The number of an entry of a list, from 0: "9" is always Quay lại. */
export const listNumber = (index: number): string => String(index < 8 ? index + 1 : index + 2);
