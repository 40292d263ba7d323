import { chatKey, type ChatRef } from './inbound.ts';

/** Of the notice and of the summary under which a report is sent: raised whenever either says something else. */
export const REPORT_CONSENT = 'phan-anh-1';

/** Who sent an anonymous case, and a case whose sender was erased: nobody gets messages about it. */
export const NOBODY: ChatRef = { platform: 'telegram', chatId: '' };

export const isNobody = (chat: ChatRef): boolean => chatKey(chat) === chatKey(NOBODY);

/** A draft that nobody consented to is reminded of once, and then erased. */
export const DRAFT_NUDGE_MS = 20 * 3_600_000;
export const DRAFT_LIFE_MS = 24 * 3_600_000;
