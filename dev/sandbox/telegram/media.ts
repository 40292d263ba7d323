import sharp from 'sharp';
import type { Person } from '../core/people.ts';
import { postAs } from './deliver.ts';
import type { FileDetails, FileKind } from './files.ts';
import { formatText } from './params.ts';
import type { Checked } from './results.ts';
import type { BotState } from './state.ts';
import type { MessageContent, WireFile, WireMessage } from './wire.ts';
import type { Chat } from './world.ts';

/** What a person sends; without bytes, a small stand-in of the right kind. */
export interface MediaInput {
  readonly data?: Buffer | undefined;
  readonly caption?: string | undefined;
  readonly fileName?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly durationS?: number | undefined;
  readonly replyTo?: number | undefined;
  readonly threadId?: number | undefined;
}

export type MediaKind = 'photo' | 'document' | 'video' | 'voice' | 'sticker';

const standIns: Readonly<Record<Exclude<FileKind, 'photo'>, FileDetails>> = {
  document: { fileName: 'document.pdf', mimeType: 'application/pdf' },
  video: { mimeType: 'video/mp4', width: 640, height: 360, durationS: 5 },
  voice: { mimeType: 'audio/ogg', durationS: 3 },
  sticker: { width: 512, height: 512 },
};

const must = <T>(checked: Checked<T>): T => {
  if (!checked.ok) throw new RangeError(checked.description);
  return checked.value;
};

const standInPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: { r: 90, g: 120, b: 90 } } })
    .jpeg()
    .toBuffer();

/** Where in the chat: the message it answers, the topic it is in. @throws RangeError when there is none such. */
export const placeOf = (
  chat: Chat,
  options: { readonly replyTo?: number | undefined; readonly threadId?: number | undefined },
): MessageContent => {
  const reply = options.replyTo === undefined ? undefined : chat.messages.get(options.replyTo)?.wire;
  if (options.replyTo !== undefined && reply === undefined)
    throw new RangeError(`No message ${options.replyTo}`);
  if (options.threadId !== undefined && !chat.topics.has(options.threadId)) {
    throw new RangeError(`No topic ${options.threadId}`);
  }
  return {
    ...(reply === undefined ? {} : { reply_to_message: reply }),
    ...(options.threadId === undefined
      ? {}
      : { message_thread_id: options.threadId, is_topic_message: true }),
  };
};

const captionOf = (caption: string | undefined): MessageContent => {
  if (caption === undefined) return {};
  const { text, entities } = must(formatText(caption, undefined, undefined));
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
};

const fileContent = (kind: Exclude<MediaKind, 'photo'>, wire: WireFile): MessageContent => {
  if (kind !== 'sticker') return { [kind]: wire };
  return { sticker: { ...wire, type: 'regular', is_animated: false, is_video: false, emoji: '👍' } };
};

const contentOf = async (state: BotState, kind: MediaKind, input: MediaInput): Promise<MessageContent> => {
  if (kind === 'photo')
    return { photo: must(await state.files.addPhoto(input.data ?? (await standInPhoto()))) };
  const details = { ...standIns[kind], ...given(input) };
  return fileContent(kind, must(state.files.add(kind, input.data ?? Buffer.from(`a ${kind}`), details)).wire);
};

const given = ({ fileName, mimeType, durationS }: MediaInput): FileDetails => ({
  ...(fileName === undefined ? {} : { fileName }),
  ...(mimeType === undefined ? {} : { mimeType }),
  ...(durationS === undefined ? {} : { durationS }),
});

export const sendMediaAs = async (
  state: BotState,
  person: Person,
  chat: Chat,
  kind: MediaKind,
  input: MediaInput,
): Promise<WireMessage> => {
  const content = await contentOf(state, kind, input);
  return postAs(state, person, chat, { ...placeOf(chat, input), ...content, ...captionOf(input.caption) });
};

/** An album is several messages with one media_group_id, each an update of its own; the caption is the first's. */
export const sendAlbumAs = async (
  state: BotState,
  person: Person,
  chat: Chat,
  items: readonly (MediaInput & { readonly kind?: 'photo' | 'video' | 'document' | undefined })[],
): Promise<readonly WireMessage[]> => {
  const contents: MessageContent[] = [];
  for (const item of items) {
    contents.push({ ...(await contentOf(state, item.kind ?? 'photo', item)), ...captionOf(item.caption) });
  }
  const media_group_id = String(state.world.nextAlbumId());
  return contents.map((content) => postAs(state, person, chat, { ...content, media_group_id }));
};
