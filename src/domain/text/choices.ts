import type { Button, Choice } from '../outbound.ts';

/** Zalo shows at most five buttons; more than that is typed. */
const MAX_BUTTONS = 5;

/**
 * A sentence with its numbered answers below: `1 Duyệt · 2 Trả lại kèm ý kiến`. The numbers are always written out, since
 * Zalo groups have no buttons and old phones hide them.
 */
export function withChoices(text: string, choices: readonly Choice[]): string {
  if (choices.length === 0) return text;
  return `${text}\n\n${choices.map(written).join(' · ')}`;
}

const written = ({ number, label, isWorded }: Choice): string => (isWorded ? label : `${number} ${label}`);

/** At most MAX_BUTTONS buttons; what does not fit is still answered by its number. */
export function choiceButtons(promptId: string, choices: readonly Choice[]): readonly Button[] {
  return choices.slice(0, MAX_BUTTONS).map((choice) => ({
    label: choice.label,
    payload: tapPayload(promptId, choice.number),
  }));
}

/** What stands behind a button: within Telegram's 64 bytes whatever the length of the prompt's id. */
export function tapPayload(promptId: string, number: string): string {
  return `${shortHash(promptId)}.${number}`;
}

/** 53 bits (two 32-bit multiplicative hashes): ten open prompts of one chat will not collide; nothing secret hangs on it. */
function shortHash(words: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < words.length; index += 1) {
    const code = words.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
