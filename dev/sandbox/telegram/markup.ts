import { z } from 'zod';
import type { Params } from './params.ts';
import { badRequest, type Checked, value } from './results.ts';
import type { WireInlineKeyboard } from './wire.ts';

/** A button under the input field: what a tap on it sends. */
export interface KeyboardButton {
  readonly text: string;
  readonly asks: 'text' | 'contact' | 'location';
}

export interface Markup {
  readonly inline?: WireInlineKeyboard | undefined;
  /** The keyboard that replaces the person's own; `removed` takes it away. */
  readonly keyboard?: readonly (readonly KeyboardButton[])[] | 'removed' | undefined;
}

const inlineShape = z.object({
  inline_keyboard: z.array(
    z.array(
      z.looseObject({ text: z.string(), callback_data: z.string().optional(), url: z.string().optional() }),
    ),
  ),
});

const keyboardShape = z.object({
  keyboard: z.array(
    z.array(
      z.union([
        z.string(),
        z.looseObject({
          text: z.string(),
          request_contact: z.boolean().optional(),
          request_location: z.boolean().optional(),
        }),
      ]),
    ),
  ),
});

const otherShape = z.union([
  z.looseObject({ remove_keyboard: z.literal(true) }),
  z.looseObject({ force_reply: z.literal(true) }),
]);

const otherActions = [
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'copy_text',
];

/** Why the platform would refuse a button's link: another scheme, or a host without a dot, as `localhost` is. */
const linkFlaw = (url: string): string | undefined => {
  const scheme = /^([a-z][a-z0-9+-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'tg' || scheme === 'tel') return undefined;
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return 'Unsupported URL protocol';
  const host = /^(?:https?:\/\/)?([^\s/?#]+)/i.exec(url)?.[1] ?? '';
  return /\s/.test(url) || !/[^.]\.[^.]/.test(host) ? 'Wrong HTTP URL' : undefined;
};

const checkInline = (inline: z.infer<typeof inlineShape>): Checked<Markup> => {
  const buttons = inline.inline_keyboard.flat();
  if (buttons.length > 100) return badRequest('reply markup is too long');
  for (const button of buttons) {
    if (button.text.trim() === '')
      return badRequest("can't parse inline keyboard button: Button text must be non-empty");
    const size = Buffer.byteLength(button.callback_data ?? '');
    const actsOtherwise = button.url !== undefined || otherActions.some((action) => action in button);
    if (button.callback_data === undefined && !actsOtherwise) {
      return badRequest(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
      );
    }
    if (button.callback_data !== undefined && (size < 1 || size > 64))
      return badRequest('BUTTON_DATA_INVALID');
    const flaw = button.url === undefined ? undefined : linkFlaw(button.url);
    if (flaw !== undefined)
      return badRequest(`inline keyboard button URL '${button.url ?? ''}' is invalid: ${flaw}`);
  }
  return value({ inline: { inline_keyboard: inline.inline_keyboard } });
};

/** `reply_markup`, held to the platform's limits: 1 to 64 bytes of data, 100 buttons, a link or an action each. */
export const readMarkup = (params: Params): Checked<Markup> => {
  if (!params.has('reply_markup')) return value({});
  const inline = params.json('reply_markup', inlineShape);
  if (inline !== undefined) return checkInline(inline);
  const keyboard = params.json('reply_markup', keyboardShape);
  if (keyboard !== undefined) {
    const rows = keyboard.keyboard.map((row) =>
      row.map((button): KeyboardButton => {
        if (typeof button === 'string') return { text: button, asks: 'text' };
        const asks = button.request_contact ? 'contact' : button.request_location ? 'location' : 'text';
        return { text: button.text, asks };
      }),
    );
    return value({ keyboard: rows });
  }
  const other = params.json('reply_markup', otherShape);
  if (other === undefined) return badRequest('object expected as reply markup');
  return value('remove_keyboard' in other ? { keyboard: 'removed' } : {});
};
