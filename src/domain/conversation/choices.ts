import type { Choice } from '../outbound.ts';
import type { StepContext, TextRef } from './types.ts';

/** Choices numbered from 1 in the order given; labels come from `locales/`. */
export function numbered(
  context: StepContext,
  options: readonly { readonly value: string; readonly label: TextRef | string }[],
): readonly Choice[] {
  return options.map((option, index) => ({
    number: String(index + 1),
    value: option.value,
    label: typeof option.label === 'string' ? option.label : context.text(option.label),
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
