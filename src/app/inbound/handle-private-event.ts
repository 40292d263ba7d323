import { FORMS } from '#src/domain/conversation/forms/forms.ts';
import { newConversation, step } from '#src/domain/conversation/step.ts';
import type { Conversation, PrivateContent, StepContext } from '#src/domain/conversation/types.ts';
import { chatKey, type ChatRef, type InboundEvent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { tellWaiting } from '../cases/tell-waiting.ts';
import { tellWaitingNotes } from '../inspections/reach-team.ts';
import { tellWaitingDuties } from '../duties/tell-waiting-duties.ts';
import { sealLockedWords } from '../denunciations/keep-locked.ts';
import { actingMember } from '../staff/acting.ts';
import { followPresence } from '../subscribers/follow-presence.ts';

/** Two processes rarely meet on one chat; more conflicts than this in a row are a bug. */
const MAX_CONFLICTS = 20;

/** Nobody has imported a plan yet: without one nothing can be answered, and nothing is wrong with the message. */
export class NoPlan extends Error {
  override readonly name = 'NoPlan';
}

/**
 * One private message: the step is computed and committed with its effects, in one document. Answers the conversation as it
 * was committed if all its effects are of this very step, so that they may be run from it.
 */
export async function handlePrivateEvent(app: App, event: InboundEvent): Promise<Conversation | null> {
  const chat: ChatRef = { platform: event.platform, chatId: event.chat.id };
  const content = privateContent(event);
  // Together: the person waits for the answer, and each round trip counts.
  const [committed] = await Promise.all([
    content ? takeIn(app, event, content) : null,
    followPresence(app, chat, event.content),
  ]);
  return committed;
}

/** The same for content that comes out of our own store and from no platform. */
export async function takeIn(
  app: App,
  event: Omit<InboundEvent, 'content'>,
  content: PrivateContent,
): Promise<Conversation | null> {
  const chat: ChatRef = { platform: event.platform, chatId: event.chat.id };
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const [loaded, common] = await Promise.all([
      app.conversations.load(chatKey(chat)),
      contextOf(app, chat, event, content),
    ]);
    const before = loaded ?? newConversation(chat, common.nowMs);
    await tellWaiting(app, before);
    await tellWaitingDuties(app, before);
    await tellWaitingNotes(app, before);
    const context = { ...common, ...(await contextOfFlow(app, before)) };
    const after = step(before, content, context);
    if (after === before) return null;
    const sealed = sealLockedWords(app, after, context.senderName, context.plan);
    if ((await app.conversations.save(sealed, before.rev)) === 'saved') {
      await acknowledge(app, event, content);
      return before.effects.length === 0 ? sealed : null;
    }
  }
  throw new Error(
    `conversation ${chatKey(chat)} changed ${String(MAX_CONFLICTS)} times while one event was handled`,
  );
}

/** Following an OA is a greeting; what happens to membership needs no answer here. */
function privateContent(event: InboundEvent): PrivateContent | null {
  switch (event.content.kind) {
    case 'followed':
      return { kind: 'text', text: '/start' };
    case 'unfollowed':
    case 'bot-added':
    case 'bot-removed':
    case 'migrated':
      return null;
    default:
      return event.content;
  }
}

/** What only some forms need. */
async function contextOfFlow(
  app: App,
  { flow }: Conversation,
): Promise<Pick<StepContext, 'census' | 'people' | 'locked'>> {
  const lockedId = flow?.name === 'report' ? flow.lockedId : undefined;
  const choosesPeople =
    flow?.name === 'compose' ||
    (flow?.name === 'form' && FORMS.some(({ name, choosesPeople }) => choosesPeople && name === flow.form));
  const [census, people, locked] = await Promise.all([
    flow?.name === 'compose' ? app.destinations.census() : null,
    choosesPeople ? app.staff.list() : null,
    lockedId === undefined ? null : app.denunciations.find(lockedId),
  ]);
  return { census, people, locked: locked?.draft ?? null };
}

async function contextOf(
  app: App,
  chat: ChatRef,
  event: Omit<InboundEvent, 'content'>,
  content: PrivateContent,
): Promise<Omit<StepContext, 'census' | 'people' | 'locked'>> {
  const nowMs = app.clock.nowMs();
  const [current, staff, carriedWords] = await Promise.all([
    app.plans.current(),
    actingMember(app, chat),
    findCarriedWords(app, event, content, nowMs),
  ]);
  if (!current) throw new NoPlan('no plan is imported: run `npm run loa -- plan import FILE`');
  return {
    nowMs,
    eventId: event.eventId,
    platform: event.platform,
    senderName: event.sender?.name ?? '',
    staff,
    plan: current.plan,
    posts: current.posts,
    quoted: event.quoted ?? null,
    keepsLocked: app.denunciations.keeps,
    carriedWords,
    likely: (words) => app.categorySearch.likely(words, current.plan.categories),
    text: (ref) => app.texts.render(ref),
  };
}

const OPENED_FROM_GROUP = /^\/start w_/u;

/** The newest words of this very person: the link's token alone opens nothing, so nobody reads another's words. */
async function findCarriedWords(
  app: App,
  event: Omit<InboundEvent, 'content'>,
  content: PrivateContent,
  nowMs: number,
): Promise<StepContext['carriedWords']> {
  const fromGroup = content.kind === 'text' && OPENED_FROM_GROUP.test(content.text);
  // Zalo's links carry nothing: there any first message may be the one that follows.
  if (!event.sender || (event.platform === 'telegram' && !fromGroup)) return null;
  return app.carriedWords.findOfSender(event.platform, event.sender.id, nowMs);
}

/** Cosmetic: a button that spins on is no reason to handle the tap again. */
async function acknowledge(
  app: App,
  { platform }: Pick<InboundEvent, 'platform'>,
  content: PrivateContent,
): Promise<void> {
  if (content.kind !== 'tap') return;
  await app.channels[platform]?.acknowledgeTap(content.callbackId);
}
