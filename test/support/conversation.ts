import { newConversation, step } from '#src/domain/conversation/step.ts';
import type { Conversation, Effect, PrivateContent, StepContext } from '#src/domain/conversation/types.ts';
import { postSummary } from '#src/domain/broadcast/post-summary.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

const search = createCategorySearch();
const texts = await loadTexts('vi');
const loaded = await loadPlanFolder('plans/bai-chay-2024.yaml', 'plans/posts');
if (!loaded.ok) throw new Error('the plan does not load');

export const plan: Plan = loaded.plan;
export const posts = loaded.posts.map(postSummary);

/** What a person would read on the screen: the words of every `say`, choices below. */
export function wordsOf(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === 'say' ? [texts.render(effect.text)] : []));
}

/** A person's private chat, without any platform: `send` is one message, the answer what it led to. */
export class Person {
  conversation: Conversation;
  nowMs = Date.UTC(2024, 2, 18, 3, 0);
  #events = 0;
  readonly staff: StaffMember | null;
  readonly platform: Platform;
  carriedWords: StepContext['carriedWords'] = null;
  locked: StepContext['locked'] = null;
  keepsLocked = true;
  people: StepContext['people'] = [];
  census: StepContext['census'] = [
    {
      kind: 'group',
      chat: { platform: 'zalo' },
      neighbourhood: 'khu-3',
      audience: 'residents',
      state: 'active',
      count: 3,
    },
  ];

  constructor(options: { readonly staff?: StaffMember; readonly platform?: Platform } = {}) {
    this.staff = options.staff ?? null;
    this.platform = options.platform ?? 'telegram';
    this.conversation = newConversation({ platform: this.platform, chatId: '42' }, this.nowMs);
  }

  say(text: string): readonly Effect[] {
    return this.send({ kind: 'text', text });
  }

  photo(albumId?: string): readonly Effect[] {
    return this.send({
      kind: 'file',
      file: { kind: 'photo', ref: `photo-${String(this.#events)}` },
      ...(albumId === undefined ? {} : { albumId }),
    });
  }

  voice(): readonly Effect[] {
    return this.send({ kind: 'file', file: { kind: 'voice', ref: 'voice' } });
  }

  send(content: PrivateContent, eventId = `e${String((this.#events += 1))}`): readonly Effect[] {
    const before = this.conversation;
    this.conversation = step(before, content, this.#context(eventId));
    const effects = this.conversation.effects.slice(before.effects.length).map((stored) => stored.effect);
    for (const effect of effects) if (effect.kind === 'lock-words') this.locked = effect.draft;
    return effects;
  }

  #context(eventId: string): StepContext {
    return {
      nowMs: this.nowMs,
      eventId,
      platform: this.platform,
      senderName: 'Bà Tư',
      staff: this.staff,
      plan,
      posts,
      quoted: null,
      census: this.census,
      people: this.people,
      locked: this.locked,
      keepsLocked: this.keepsLocked,
      carriedWords: this.carriedWords,
      likely: (words) => search.likely(words, plan.categories),
      text: (ref) => texts.render(ref),
    };
  }
}
