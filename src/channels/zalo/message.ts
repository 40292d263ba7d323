import type { OutboundMessage } from '#src/domain/outbound.ts';

/** Longest text of a message, in UTF-16 units after NFC. */
export const MAX_TEXT_CHARS = 2_000;
const MAX_BUTTONS = 5;
/** Sources name 20, 35 and 100; the least is safe. */
const MAX_TITLE_CHARS = 20;

export type ZaloAttachment =
  | { readonly kind: 'image'; readonly attachmentId: string }
  | { readonly kind: 'file'; readonly token: string };

/**
 * The text as it goes out: NFC (decomposed Vietnamese is a quarter longer), and `[@` defused, with which relayed words could tag
 * everybody in a group.
 */
export function outgoingText(text: string): string {
  return text.normalize('NFC').replaceAll('[@', '(@');
}

/** Buttons that come back as the person's own words; all of them or none, since the numbers stand in the text anyway. */
function buttonsOf(message: OutboundMessage): readonly Record<string, string>[] | null {
  const labels = (message.buttons ?? []).map((button) => button.label.normalize('NFC'));
  const fit = labels.every((label) => label !== '' && label.length <= MAX_TITLE_CHARS);
  if (labels.length === 0 || labels.length > MAX_BUTTONS || !fit) return null;
  return labels.map((label) => ({ title: label, type: 'oa.query.show', payload: label }));
}

function attachmentOf(attachment: ZaloAttachment): Record<string, unknown> {
  if (attachment.kind === 'file') return { type: 'file', payload: { token: attachment.token } };
  const element = { media_type: 'image', attachment_id: attachment.attachmentId };
  return { type: 'template', payload: { template_type: 'media', elements: [element] } };
}

/**
 * The `message` of a send, in private (`message/cs`) or in a group (`group/message`, which has no buttons).
 * @param text from `outgoingText`
 */
export function zaloMessage(
  message: OutboundMessage,
  text: string,
  attachment: ZaloAttachment | null,
  isGroup: boolean,
): Record<string, unknown> {
  const words = text === '' ? {} : { text };
  if (attachment !== null) return { ...words, attachment: attachmentOf(attachment) };
  const buttons = isGroup ? null : buttonsOf(message);
  return buttons === null ? { text } : { text, attachment: { type: 'template', payload: { buttons } } };
}
