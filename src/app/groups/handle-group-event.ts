import { soundsLikeDenunciation, soundsLikeEmergency } from '#src/domain/vietnamese/triage.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';
import type { ChatRef, InboundContent, InboundEvent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { notifyChat, notifyStaff } from '../send/notify.ts';
import { collectQuestion } from './collect-question.ts';
import { chooseTopic } from './choose-topic.ts';
import { announceGroup } from './announce-group.ts';

/** Words that ask the ward for something; everything else in a group is the residents' own talk. */
const ASKS_THE_WARD = /^[#/]?(phan ?anh|gop ?y|kien nghi)\b/u;
/** Said by an admin inside the topic that the ward's posts should go into. */
const CHOOSES_TOPIC = /^(@\S+ )?[#/]?(phat ?o ?day|dang ?o ?day)(@\S+)?( @\S+)?[.!]?$/u;
const WORDS_KEPT_MS = 7 * 24 * 3_600_000;

/** In a group the bot listens for membership and for people who turn to the ward; it never answers private matters there. */
export async function handleGroupEvent(app: App, event: InboundEvent): Promise<void> {
  const chat: ChatRef = { platform: event.platform, chatId: event.chat.id };
  const { content } = event;
  switch (content.kind) {
    case 'bot-added':
      return registerGroup(app, chat, content);
    case 'bot-removed':
      return loseGroup(app, event, chat);
    case 'migrated':
      return moveGroup(app, chat, content.toChatId);
    case 'text':
      if (CHOOSES_TOPIC.test(fold(content.text))) return chooseTopic(app, event, chat);
      return hearWords(app, event, chat, content.text);
    case 'file':
      return hearWords(app, event, chat, content.caption ?? '');
    default:
      return;
  }
}

async function registerGroup(
  app: App,
  chat: ChatRef,
  { title, hasTopics }: Extract<InboundContent, { kind: 'bot-added' }>,
): Promise<void> {
  const known = await app.destinations.byChat(chat);
  if (known?.audience) {
    // A group that was confirmed once and comes back needs no second confirmation.
    if (known.state === 'unreachable') await app.destinations.setState(known.id, 'active');
    return;
  }
  if (known) {
    if (known.state === 'unreachable') await app.destinations.setState(known.id, 'waiting');
    return announceGroup(app, known);
  }
  const group = await app.destinations.register({
    kind: 'group',
    chat,
    title,
    neighbourhood: null,
    audience: null,
    state: 'waiting',
    ...(hasTopics && { hasTopics }),
  });
  // Somebody imported or registered it meanwhile: their word stands.
  if (group) await announceGroup(app, group);
}

/** Told before it is written down: a crash between the two says it again under the same id. */
async function loseGroup(app: App, event: InboundEvent, chat: ChatRef): Promise<void> {
  const known = await app.destinations.byChat(chat);
  if (!known || known.state === 'unreachable') return;
  for (const admin of await app.staff.withRole('admin')) {
    await notifyStaff(app, {
      id: `group-lost.${event.platform}.${event.eventId}.${admin.id}`,
      staff: admin,
      text: { key: 'group.lost', params: { title: known.title } },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
  }
  await app.destinations.setState(known.id, 'unreachable', 'kicked');
}

async function moveGroup(app: App, chat: ChatRef, toChatId: string): Promise<void> {
  const known = await app.destinations.byChat(chat);
  if (known) await app.destinations.move(known.id, toChatId);
}

/** Whoever turns to the ward gets a link; a question under a post is kept for the editor, and the bot stays silent. */
async function hearWords(app: App, event: InboundEvent, chat: ChatRef, words: string): Promise<void> {
  const asks = ASKS_THE_WARD.test(fold(words));
  // Not carried over, not collected: such words stay where their writer put them.
  if (soundsLikeDenunciation(`${words}\n${event.quoted?.text ?? ''}`))
    return asks ? sayLink(app, event, chat, 'group.linkOnly') : undefined;
  if (asks && soundsLikeEmergency(words)) await sayLink(app, event, chat, 'group.emergency');
  return asks ? inviteToPrivate(app, event, chat, words) : collectQuestion(app, event, words);
}

async function inviteToPrivate(app: App, event: InboundEvent, chat: ChatRef, words: string): Promise<void> {
  if (!app.channels[event.platform] || !event.sender) return;
  // "#phananh" in answer to a neighbour's message carries that message: the head reports on the neighbour's behalf.
  const own = words.replace(/^[#/]?\S+\s*/u, '').trim();
  const carried = [event.quoted?.text ?? '', /^[#/]/u.test(words) ? own : words]
    .filter((part) => part !== '')
    .join('\n');
  const token = tokenOf(event);
  if (carried !== '') {
    await app.carriedWords.put(token, carried, chat, event.sender.id, app.clock.nowMs() + WORDS_KEPT_MS);
  }
  await sayLink(app, event, chat, 'group.link');
}

async function sayLink(
  app: App,
  event: InboundEvent,
  chat: ChatRef,
  key: 'group.link' | 'group.linkOnly' | 'group.emergency',
): Promise<void> {
  const link = app.channels[event.platform]?.privateChatLink(`w_${tokenOf(event)}`) ?? '';
  await notifyChat(app, {
    id: `${key.replace('.', '-')}.${event.platform}.${event.eventId}`,
    chat,
    text: { key, params: { link } },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

/** The same update makes the same token, so that a repeat carries nothing twice. No secret: words are found by who wrote them. */
function tokenOf(event: InboundEvent): string {
  return `${event.platform[0] ?? ''}${event.eventId.replace(/[^A-Za-z0-9_-]/gu, '').slice(-40)}`;
}
