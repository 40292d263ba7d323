import type { Clock } from '#src/app/ports/services.ts';
import type { ConversationStore } from '#src/app/ports/stores.ts';
import { MAX_PROMPTS, newConversation } from '#src/domain/conversation/step.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';
import { chatKey, type ChatRef } from '#src/domain/inbound.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';

const MAX_TRIES = 20;
/** A form that nobody touched for so long no longer keeps notices waiting. */
const FORM_IDLE_MS = 3 * 60_000;

/**
 * Registers a question in the conversation of its chat, newest first, so that "1" finds what it answers. Idempotent by
 * the prompt's id. `busy`: other writers kept winning; the caller tries again later and sends nothing until then.
 * `in-form`: somebody is filling in a form here, and a number meant for it would answer this question instead.
 */
export async function openPrompt(
  ports: { readonly conversations: Pick<ConversationStore, 'load' | 'save'>; readonly clock: Clock },
  chat: ChatRef,
  prompt: PromptToOpen,
  mayInterrupt: boolean,
): Promise<'open' | 'busy' | 'in-form'> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const nowMs = ports.clock.nowMs();
    const current = (await ports.conversations.load(chatKey(chat))) ?? newConversation(chat, nowMs);
    if (current.prompts.some((open) => open.id === prompt.id)) return 'open';
    const isInForm = current.flow !== null && nowMs - current.updatedAtMs < FORM_IDLE_MS;
    if (isInForm && !mayInterrupt) return 'in-form';
    const next: Conversation = {
      ...current,
      rev: current.rev + 1,
      prompts: [{ ...prompt, askedAtMs: nowMs }, ...current.prompts].slice(0, MAX_PROMPTS),
      updatedAtMs: nowMs,
    };
    if ((await ports.conversations.save(next, current.rev)) === 'saved') return 'open';
  }
  return 'busy';
}
