import { Api, Bot, GrammyError, HttpError, InputFile, InputMediaBuilder } from 'grammy';
import { Telegraf, Telegram, TelegramError } from 'telegraf';
import { message } from 'telegraf/filters';

/** What a refusal told the client. */
export interface Refusal {
  readonly code: number;
  readonly description: string;
  readonly retryAfterS: number | undefined;
  readonly migrateTo: number | undefined;
}

export interface Sent {
  readonly message_id: number;
}

export interface Handlers {
  readonly onText: (text: string, chatId: number) => Promise<unknown>;
  readonly onTap: (data: string, answer: (text: string) => Promise<unknown>) => Promise<unknown>;
}

export type Buttons = readonly (readonly { readonly text: string; readonly callback_data: string }[])[];

/** What the tests ask of a Bot API client that somebody else wrote. */
export interface Client {
  readonly username: () => Promise<string>;
  readonly send: (chatId: number, text: string, extra?: SendExtra) => Promise<Sent>;
  readonly edit: (chatId: number, messageId: number, text: string) => Promise<unknown>;
  readonly remove: (chatId: number, messageId: number) => Promise<unknown>;
  readonly photo: (chatId: number, data: Buffer | string, caption?: string) => Promise<Sent>;
  readonly document: (chatId: number, data: Buffer, name: string) => Promise<Sent>;
  readonly album: (chatId: number, data: readonly Buffer[], caption: string) => Promise<readonly Sent[]>;
  readonly fileUrl: (fileId: string) => Promise<string>;
  readonly setWebhook: (url: string, secret: string) => Promise<unknown>;
  readonly updates: () => Promise<readonly unknown[]>;
  /** The library's own poller, until the returned function is called. */
  readonly poll: (handlers: Handlers) => Promise<() => Promise<void>>;
  /** @throws whatever was not a refusal. */
  readonly refusal: (error: unknown) => Refusal;
}

export interface SendExtra {
  readonly buttons?: Buttons;
  readonly html?: boolean;
  readonly threadId?: number;
}

const extraOf = ({ buttons, html, threadId }: SendExtra = {}) => ({
  ...(buttons === undefined ? {} : { reply_markup: { inline_keyboard: buttons.map((row) => [...row]) } }),
  ...(html ? { parse_mode: 'HTML' as const } : {}),
  ...(threadId === undefined ? {} : { message_thread_id: threadId }),
});

const telegrafClient = (apiRoot: string, token: string): Client => {
  const telegram = new Telegram(token, { apiRoot });
  return {
    username: async () => (await telegram.getMe()).username,
    send: (chatId, text, extra) => telegram.sendMessage(chatId, text, extraOf(extra)),
    edit: (chatId, messageId, text) => telegram.editMessageText(chatId, messageId, undefined, text),
    remove: (chatId, messageId) => telegram.deleteMessage(chatId, messageId),
    photo: (chatId, data, caption) =>
      telegram.sendPhoto(
        chatId,
        typeof data === 'string' ? data : { source: data },
        caption ? { caption } : {},
      ),
    document: (chatId, data, name) => telegram.sendDocument(chatId, { source: data, filename: name }),
    album: (chatId, data, caption) =>
      telegram.sendMediaGroup(
        chatId,
        data.map((source, at) => ({ type: 'photo', media: { source }, ...(at === 0 ? { caption } : {}) })),
      ),
    fileUrl: async (fileId) => (await telegram.getFileLink(fileId)).href,
    setWebhook: (url, secret) => telegram.setWebhook(url, { secret_token: secret }),
    updates: () => telegram.getUpdates(0, 100, 0, undefined),
    poll: async (handlers) => {
      const bot = new Telegraf(token, { telegram: { apiRoot } });
      bot.on(message('text'), (context) => handlers.onText(context.message.text, context.chat.id));
      bot.on('callback_query', (context) => {
        const data = 'data' in context.callbackQuery ? context.callbackQuery.data : '';
        return handlers.onTap(data, (text) => context.answerCbQuery(text));
      });
      let running: Promise<void> | undefined;
      await new Promise<void>((resolve) => {
        running = bot.launch(resolve);
      });
      return async () => {
        bot.stop();
        await running;
      };
    },
    refusal: (error) => {
      if (!(error instanceof TelegramError)) throw error;
      const { retry_after: retryAfterS, migrate_to_chat_id: migrateTo } = error.parameters ?? {};
      return { code: error.code, description: error.description, retryAfterS, migrateTo };
    },
  };
};

const grammyClient = (apiRoot: string, token: string): Client => {
  const api = new Api(token, { apiRoot });
  return {
    username: async () => (await api.getMe()).username,
    send: (chatId, text, extra) => api.sendMessage(chatId, text, extraOf(extra)),
    edit: (chatId, messageId, text) => api.editMessageText(chatId, messageId, text),
    remove: (chatId, messageId) => api.deleteMessage(chatId, messageId),
    photo: (chatId, data, caption) =>
      api.sendPhoto(
        chatId,
        typeof data === 'string' ? data : new InputFile(data, 'a.png'),
        caption ? { caption } : {},
      ),
    document: (chatId, data, name) => api.sendDocument(chatId, new InputFile(data, name)),
    album: (chatId, data, caption) =>
      api.sendMediaGroup(
        chatId,
        data.map((each, at) =>
          InputMediaBuilder.photo(new InputFile(each, 'a.png'), at === 0 ? { caption } : {}),
        ),
      ),
    fileUrl: async (fileId) => `${apiRoot}/file/bot${token}/${(await api.getFile(fileId)).file_path ?? ''}`,
    setWebhook: (url, secret) => api.setWebhook(url, { secret_token: secret }),
    updates: () => api.getUpdates({ timeout: 0 }),
    poll: async (handlers) => {
      const bot = new Bot(token, { client: { apiRoot } });
      bot.on('message:text', async (context) => {
        await handlers.onText(context.message.text, context.chat.id);
      });
      bot.on('callback_query:data', async (context) => {
        await handlers.onTap(context.callbackQuery.data, (text) => context.answerCallbackQuery(text));
      });
      let running: Promise<void> | undefined;
      await new Promise<void>((resolve) => {
        running = bot.start({ onStart: () => resolve() });
      });
      return async () => {
        await bot.stop();
        await running;
      };
    },
    refusal: (error) => {
      if (error instanceof HttpError) throw error;
      if (!(error instanceof GrammyError)) throw error;
      const { retry_after: retryAfterS, migrate_to_chat_id: migrateTo } = error.parameters;
      return { code: error.error_code, description: error.description, retryAfterS, migrateTo };
    },
  };
};

export const clients = [
  { name: 'telegraf', make: telegrafClient },
  { name: 'grammY', make: grammyClient },
] as const;
