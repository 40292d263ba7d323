import { z } from 'zod';
import { type Act, act } from '../core/control.ts';
import type { People } from '../core/people.ts';
import type { TelegramSandbox } from './index.ts';
import type { ShownMessage } from './shown.ts';

const person = z.string();
const chat = z.coerce.number().int();
const messageId = z.coerce.number().int();
const place = { replyTo: messageId.optional(), threadId: messageId.optional() };
const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const media = {
  data: base64.optional(),
  caption: z.string().optional(),
  fileName: z.string().optional(),
  mimeType: z.string().optional(),
  durationS: z.coerce.number().optional(),
  ...place,
};
const mediaShape = z.object({ person, chat, ...media });
const byPerson = z.object({ person });
const inChat = z.object({ chat, by: person });

const waitShape = z.object({
  chat,
  contains: z.string().default(''),
  fromBot: z.union([z.boolean(), z.stringbool()]).default(true),
  afterMessageId: z.coerce.number().int().default(0),
  timeoutMs: z.coerce.number().default(5_000),
});

const mediaActs = (telegram: TelegramSandbox, people: People): Readonly<Record<string, Act>> => {
  const kinds = {
    'send-photo': telegram.sendPhoto.bind(telegram),
    'send-document': telegram.sendDocument.bind(telegram),
    'send-voice': telegram.sendVoice.bind(telegram),
    'send-video': telegram.sendVideo.bind(telegram),
    'send-sticker': telegram.sendSticker.bind(telegram),
  };
  const simple = Object.entries(kinds).map(([name, send]) => [
    name,
    act(mediaShape, (input) => send(people.get(input.person), input.chat, input)),
  ]);
  const item = z.object({ ...media, kind: z.enum(['photo', 'video', 'document']).optional() });
  return {
    ...(Object.fromEntries(simple) as Readonly<Record<string, Act>>),
    'send-album': act(z.object({ person, chat, items: z.array(item) }), (input) =>
      telegram.sendAlbum(people.get(input.person), input.chat, input.items),
    ),
    'send-location': act(
      z.object({ person, chat, latitude: z.coerce.number(), longitude: z.coerce.number() }),
      ({ latitude, longitude, ...input }) =>
        telegram.sendLocation(people.get(input.person), input.chat, { latitude, longitude }),
    ),
    'send-contact': act(
      z.object({ person, chat, phone: z.string().optional(), name: z.string().optional() }),
      (input) =>
        telegram.sendContact(people.get(input.person), input.chat, {
          ...(input.phone === undefined ? {} : { phone: input.phone }),
          ...(input.name === undefined ? {} : { name: input.name }),
        }),
    ),
  };
};

const groupActs = (telegram: TelegramSandbox, people: People): Readonly<Record<string, Act>> => ({
  'create-group': act(
    z.object({
      title: z.string(),
      kind: z.enum(['group', 'supergroup']).default('supergroup'),
      forum: z.boolean().optional(),
    }),
    ({ title, ...options }) => ({ chat: telegram.createGroup(title, options) }),
  ),
  'add-bot': act(z.object({ chat, by: person, admin: z.boolean().optional() }), (input) =>
    telegram.addBot(input.chat, people.get(input.by), { admin: input.admin }),
  ),
  'set-bot-admin': act(z.object({ chat, by: person, admin: z.boolean() }), (input) =>
    telegram.setBotAdmin(input.chat, people.get(input.by), input.admin),
  ),
  'kick-bot': act(inChat, (input) => telegram.kickBot(input.chat, people.get(input.by))),
  join: act(z.object({ person, chat, admin: z.boolean().optional() }), (input) =>
    telegram.join(people.get(input.person), input.chat, { admin: input.admin }),
  ),
  leave: act(z.object({ person, chat }), (input) => telegram.leave(people.get(input.person), input.chat)),
  migrate: act(z.object({ chat }), (input) => ({ chat: telegram.migrate(input.chat) })),
  'create-topic': act(z.object({ chat, by: person, name: z.string() }), (input) => ({
    threadId: telegram.createTopic(input.chat, people.get(input.by), input.name),
  })),
  'close-topic': act(z.object({ chat, threadId: messageId }), (input) =>
    telegram.closeTopic(input.chat, input.threadId),
  ),
  'delete-topic': act(z.object({ chat, threadId: messageId }), (input) =>
    telegram.deleteTopic(input.chat, input.threadId),
  ),
});

const fits =
  (wanted: z.infer<typeof waitShape>) =>
  (message: ShownMessage): boolean =>
    message.fromBot === wanted.fromBot && message.text.includes(wanted.contains);

/** What `TelegramSandbox` can do, by names for the control API. Persons are named by id. */
export const telegramActs = (telegram: TelegramSandbox, people: People): Readonly<Record<string, Act>> => ({
  ...mediaActs(telegram, people),
  ...groupActs(telegram, people),
  info: () => ({ apiRoot: telegram.apiRoot, token: telegram.token, bot: telegram.bot }),
  'open-private': act(z.object({ person, payload: z.string().optional() }), (input) => ({
    chat: telegram.openPrivate(people.get(input.person), input.payload),
  })),
  block: act(byPerson, (input) => telegram.block(people.get(input.person))),
  unblock: act(byPerson, (input) => telegram.unblock(people.get(input.person))),
  deactivate: act(byPerson, (input) => telegram.deactivate(people.get(input.person))),
  say: act(z.object({ person, chat, text: z.string(), ...place }), (input) =>
    telegram.say(people.get(input.person), input.chat, input.text, input),
  ),
  forward: act(z.object({ person, chat, from: z.object({ chatId: chat, messageId }) }), (input) =>
    telegram.forward(people.get(input.person), input.chat, input.from),
  ),
  'edit-said': act(z.object({ person, chat, messageId, text: z.string() }), (input) =>
    telegram.editSaid(people.get(input.person), input.chat, input.messageId, input.text),
  ),
  tap: act(z.object({ person, chat, messageId, button: z.string() }), (input) =>
    telegram.tap(people.get(input.person), input.chat, input.messageId, input.button),
  ),
  'callback-answer': act(
    z.object({ queryId: z.string(), timeoutMs: z.coerce.number().optional() }),
    ({ queryId, timeoutMs }) => telegram.callbackAnswer(queryId, { timeoutMs }),
  ),
  chats: () => telegram.chats(),
  messages: act(z.object({ chat }), (input) => telegram.messages(input.chat)),
  'wait-for': act(waitShape, (input) => telegram.waitFor(input.chat, fits(input), input)),
  file: act(z.object({ fileId: z.string() }), ({ fileId }) => ({
    base64: telegram.fileBytes(fileId)?.toString('base64'),
  })),
  commands: () => Object.fromEntries(telegram.commands()),
});
