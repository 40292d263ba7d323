/**
 * Telegram turns "@name" of a plain text into a mention that rings on somebody's phone. A resident's relayed words must not
 * do that, so the sign becomes its full-width twin: same length, same look. Addresses such as a@b.vn are no mentions.
 */
export function withoutMentions(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{N}_.+-])@(?=\w)/gu, '＠');
}
