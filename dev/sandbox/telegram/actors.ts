import type { Person } from '../core/people.ts';
import { announce, postAs } from './deliver.ts';
import { TelegramGroups } from './groups.ts';
import { type MediaInput, placeOf, sendAlbumAs, sendMediaAs } from './media.ts';
import { formatText } from './params.ts';
import type { ShownMessage } from './shown.ts';
import { findKeyboardButton, tapInline, type Tapped } from './tap.ts';
import type { MessageContent } from './wire.ts';

export interface PlaceOptions {
  readonly replyTo?: number | undefined;
  readonly threadId?: number | undefined;
}

/** What people write, send and tap. */
export class TelegramActors extends TelegramGroups {
  /** The person's Telegram user id, which is also the id of their private chat. */
  userId(person: Person): number {
    return this.state.world.accountOf(person).user.id;
  }

  say(person: Person, chatId: number, text: string, options: PlaceOptions = {}): ShownMessage {
    const chat = this.chat(chatId);
    return this.show(postAs(this.state, person, chat, { ...placeOf(chat, options), ...textContent(text) }));
  }

  /** The person changes what they wrote; the bot gets edited_message. */
  editSaid(person: Person, chatId: number, messageId: number, text: string): ShownMessage {
    const { world } = this.state;
    const chat = this.chat(chatId);
    const before = chat.messages.get(messageId)?.wire;
    if (before?.from.id !== world.accountOf(person).user.id)
      throw new RangeError(`Not a message of ${person.id}`);
    const after = world.replace(chat, { ...before, ...textContent(text), edit_date: world.nowS() });
    announce(this.state, chat, 'edited_message', after);
    return this.show(after);
  }

  /** The person passes a message of another chat on; it says from whom it came. */
  forward(person: Person, chatId: number, from: { chatId: number; messageId: number }): ShownMessage {
    const original = this.chat(from.chatId).messages.get(from.messageId)?.wire;
    if (original === undefined) throw new RangeError(`No message ${from.messageId} in chat ${from.chatId}`);
    const { text, entities, caption, caption_entities, location, contact } = original;
    const { photo, document, video, voice, sticker, from: author, date } = original;
    const words = { text, entities, caption, caption_entities, location, contact };
    const forward_origin = original.forward_origin ?? { type: 'user', sender_user: author, date };
    return this.show(
      postAs(this.state, person, this.chat(chatId), {
        ...words,
        photo,
        document,
        video,
        voice,
        sticker,
        forward_origin,
      }),
    );
  }

  async sendPhoto(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.show(await sendMediaAs(this.state, person, this.chat(chatId), 'photo', input));
  }

  async sendDocument(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.show(await sendMediaAs(this.state, person, this.chat(chatId), 'document', input));
  }

  async sendVoice(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.show(await sendMediaAs(this.state, person, this.chat(chatId), 'voice', input));
  }

  async sendVideo(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.show(await sendMediaAs(this.state, person, this.chat(chatId), 'video', input));
  }

  async sendSticker(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.show(await sendMediaAs(this.state, person, this.chat(chatId), 'sticker', input));
  }

  async sendAlbum(
    person: Person,
    chatId: number,
    items: Parameters<typeof sendAlbumAs>[3],
  ): Promise<readonly ShownMessage[]> {
    const sent = await sendAlbumAs(this.state, person, this.chat(chatId), items);
    return sent.map((message) => this.show(message));
  }

  /** Degrees. */
  sendLocation(person: Person, chatId: number, place: { latitude: number; longitude: number }): ShownMessage {
    return this.show(postAs(this.state, person, this.chat(chatId), { location: place }));
  }

  /** The person's own contact unless another is given. */
  sendContact(person: Person, chatId: number, contact: { phone?: string; name?: string } = {}): ShownMessage {
    const own = contact.name === undefined;
    const wire = {
      phone_number: contact.phone ?? `+8490${String(person.number).padStart(7, '0')}`,
      first_name: contact.name ?? person.name,
      ...(own ? { user_id: this.userId(person) } : {}),
    };
    return this.show(postAs(this.state, person, this.chat(chatId), { contact: wire }));
  }

  /** Taps the button of that text or callback data: under the message, else on the chat's keyboard. */
  tap(person: Person, chatId: number, messageId: number, button: string): Tapped {
    const chat = this.chat(chatId);
    const inline = tapInline(this.state, person, chat, messageId, button);
    if (inline !== undefined) return inline;
    const key = findKeyboardButton(chat, button);
    if (key === undefined)
      throw new RangeError(`No button "${button}" on message ${messageId} of chat ${chatId}`);
    const sent =
      key.asks === 'contact' ? this.sendContact(person, chatId) : this.say(person, chatId, key.text);
    return { kind: 'sent', messageId: sent.messageId };
  }
}

const textContent = (raw: string): MessageContent => {
  const formatted = formatText(raw, undefined, undefined);
  if (!formatted.ok || formatted.value.text === '')
    throw new RangeError('A person cannot send an empty text');
  const { text, entities } = formatted.value;
  return { text, ...(entities.length > 0 ? { entities } : {}) };
};
