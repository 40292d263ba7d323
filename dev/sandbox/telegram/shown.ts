import type { KeyboardButton } from './markup.ts';
import type { WireButton, WireEntity, WireFile, WireMessage } from './wire.ts';
import type { Chat, StoredMessage, World } from './world.ts';

export type ShownKind =
  'text' | 'photo' | 'document' | 'video' | 'voice' | 'sticker' | 'location' | 'contact' | 'service';

/** A message as the chat shows it now. */
export interface ShownMessage {
  readonly chatId: number;
  readonly messageId: number;
  readonly fromBot: boolean;
  /** Undefined for the bot. */
  readonly personId: string | undefined;
  readonly kind: ShownKind;
  /** The text or the caption, without markup; empty when there is neither. */
  readonly text: string;
  readonly entities: readonly WireEntity[];
  /** Buttons under the message, row by row. */
  readonly buttons: readonly (readonly WireButton[])[];
  /** The keyboard that came with this message, in place of the person's own. */
  readonly keyboard: readonly (readonly KeyboardButton[])[];
  readonly photoSizes: readonly WireFile[];
  /** The document, the video, the voice, or the largest size of the photo. */
  readonly file: WireFile | undefined;
  readonly replyToMessageId: number | undefined;
  readonly threadId: number | undefined;
  readonly albumId: string | undefined;
  readonly edited: boolean;
  /** Epoch milliseconds on the sandbox's clock, to the second. */
  readonly dateMs: number;
  readonly wire: WireMessage;
}

const kinds = ['photo', 'document', 'video', 'voice', 'sticker', 'location', 'contact'] as const;

const kindOf = (wire: WireMessage): ShownKind =>
  wire.text === undefined ? (kinds.find((kind) => wire[kind] !== undefined) ?? 'service') : 'text';

export const show = (world: World, { wire, keyboard }: StoredMessage): ShownMessage => ({
  chatId: wire.chat.id,
  messageId: wire.message_id,
  fromBot: wire.from.id === world.me.id,
  personId: world.accountById(wire.from.id)?.person.id,
  kind: kindOf(wire),
  text: wire.text ?? wire.caption ?? '',
  entities: wire.entities ?? wire.caption_entities ?? [],
  buttons: wire.reply_markup?.inline_keyboard ?? [],
  keyboard: keyboard ?? [],
  photoSizes: wire.photo ?? [],
  file: wire.photo?.at(-1) ?? wire.document ?? wire.video ?? wire.voice,
  replyToMessageId: wire.reply_to_message?.message_id,
  threadId: wire.message_thread_id,
  albumId: wire.media_group_id,
  edited: wire.edit_date !== undefined,
  dateMs: wire.date * 1_000,
  wire,
});

export const showAll = (world: World, chat: Chat): ShownMessage[] =>
  [...chat.messages.values()].map((message) => show(world, message));
