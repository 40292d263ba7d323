import { z } from 'zod';

/** An id or a time, quoted or not, as text. */
export const idSchema = z.union([z.string().min(1), z.int()]).transform((value) => String(value));

/** Group chats are stored as `g:<group id>`, since ids of persons and of groups look alike. */
const GROUP_PREFIX = 'g:';

export const groupChatId = (groupId: string): string => `${GROUP_PREFIX}${groupId}`;

/** The platform's id of a group chat, or null when the chat is a person's. */
export const groupIdOf = (chatId: string): string | null =>
  chatId.startsWith(GROUP_PREFIX) ? chatId.slice(GROUP_PREFIX.length) : null;
