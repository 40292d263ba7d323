import { z } from 'zod';
import type { Params } from './params.ts';
import { badRequest, conflict, done } from './results.ts';
import type { BotState, Method } from './state.ts';
import type { Chat } from './world.ts';

const kindsShape = z.array(z.string());
const commandsShape = z.array(
  z.object({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }),
);

const getMe: Method = (state) =>
  done({
    ...state.world.me,
    can_join_groups: true,
    can_read_all_group_messages: !state.rules.privacyMode,
    supports_inline_queries: false,
    has_main_web_app: false,
  });

const getUpdates: Method = async (state, params, gone) => {
  const refusal = conflict(
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
  if (state.webhook.active()) return refusal;
  const options = {
    offset: params.int('offset'),
    limit: params.int('limit'),
    timeoutS: params.int('timeout'),
    allowed: params.json('allowed_updates', kindsShape),
  };
  const result = await state.updates.poll(options, gone);
  // Set while this poll waited: the updates are the webhook's now.
  return state.webhook.active() ? refusal : result;
};

const setWebhook: Method = (state, params) => {
  const url = params.text('url') ?? '';
  const secretToken = params.text('secret_token');
  if (secretToken !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secretToken)) {
    return badRequest('secret token contains unallowed characters');
  }
  // A Bot API server on one's own machine takes http too, and only such a one is asked for loopback addresses.
  if (url !== '' && !(URL.canParse(url) && /^https?:/i.test(url))) {
    return badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  state.updates.allow(params.json('allowed_updates', kindsShape));
  if (params.flag('drop_pending_updates')) state.updates.clear();
  if (url === '') state.webhook.clear();
  else state.webhook.set({ url, secretToken, maxConnections: params.int('max_connections') ?? 40 });
  return done(true);
};

const deleteWebhook: Method = (state, params) => {
  if (params.flag('drop_pending_updates')) state.updates.clear();
  state.webhook.clear();
  return done(true);
};

const withChat = (use: (state: BotState, chat: Chat, params: Params) => ReturnType<Method>): Method => {
  return (state, params) => {
    const found = state.world.writable(params.int('chat_id'));
    return found.ok ? use(state, found.value, params) : found;
  };
};

const getChat = withChat((_state, chat) =>
  done({
    ...chat.wire,
    accent_color_id: 0,
    max_reaction_count: 11,
    permissions: { can_send_messages: true },
  }),
);

const memberOf = (
  state: BotState,
  chat: Chat,
  userId: number,
): Readonly<Record<string, unknown>> | undefined => {
  if (userId === state.world.me.id) return { status: chat.botStatus, user: state.world.me };
  const account = state.world.accountById(userId);
  if (account === undefined) return undefined;
  const status = chat.admins.has(userId) ? 'administrator' : chat.members.has(userId) ? 'member' : 'left';
  return { status, user: account.user };
};

const getChatMember = withChat((state, chat, params) => {
  const member = memberOf(state, chat, params.int('user_id') ?? 0);
  return member === undefined ? badRequest('PARTICIPANT_ID_INVALID') : done(member);
});

const getChatAdministrators = withChat((state, chat) => {
  if (chat.type === 'private') return badRequest('there are no administrators in the private chat');
  const bot = chat.botStatus === 'administrator' ? [state.world.me.id] : [];
  return done([...chat.admins, ...bot].map((userId) => memberOf(state, chat, userId)));
});

const getChatMemberCount = withChat((_state, chat) => done(chat.members.size + 1));

const leaveChat = withChat((_state, chat) => {
  if (chat.type === 'private') return badRequest("chat member status can't be changed in private chats");
  chat.botStatus = 'left';
  return done(true);
});

const commandsKey = (params: Params): string =>
  `${params.text('language_code') ?? ''} ${JSON.stringify(params.json('scope', z.unknown()) ?? { type: 'default' })}`;

const setMyCommands: Method = (state, params) => {
  const commands = params.json('commands', commandsShape);
  if (commands === undefined) return badRequest('BOT_COMMAND_INVALID');
  if (commands.length > 100) return badRequest('BOT_COMMANDS_TOO_MUCH');
  state.commands.set(commandsKey(params), commands);
  return done(true);
};

export const chatMethods: Readonly<Record<string, Method>> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo: (state) => done(state.webhook.info()),
  getChat,
  getChatMember,
  getChatAdministrators,
  getChatMemberCount,
  leaveChat,
  setMyCommands,
  getMyCommands: (state, params) => done(state.commands.get(commandsKey(params)) ?? []),
  deleteMyCommands: (state, params) => {
    state.commands.delete(commandsKey(params));
    return done(true);
  },
  getFile: (state, params) => {
    const link = state.files.link(params.text('file_id') ?? '');
    return link.ok ? done(link.value) : link;
  },
};
