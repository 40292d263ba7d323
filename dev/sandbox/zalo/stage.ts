import type { Person } from '../core/people.ts';
import { groupMessageEvent, privateMessageEvent } from './events.ts';
import type { EventAttachment, SaidContent, ZaloEvent } from './events.ts';
import type { ZaloGroup } from './group-store.ts';
import { HostedFiles } from './hosted-files.ts';
import type { ZaloPerson } from './person-store.ts';
import type { ZaloMessage } from './transcript.ts';
import { eventBase } from './world.ts';
import type { ZaloWorld } from './world.ts';

/** A person: the Zalo account, the sandbox's person, or either's id. */
export type PersonRef = string | ZaloPerson | Person;
/** A group or its id. */
export type GroupRef = string | ZaloGroup;

/** What people may add when they send something; `in` sends it to a group instead of the OA's private chat. */
export interface SendOptions {
  readonly in?: GroupRef;
  readonly bytes?: Buffer;
  /** Caption. */
  readonly text?: string;
}

/** Who is there and what was said; the acts themselves build on it. */
export class ZaloStage {
  protected readonly world: ZaloWorld;
  protected readonly files: HostedFiles;

  constructor(world: ZaloWorld) {
    this.world = world;
    this.files = new HostedFiles(world.core.rootUrl, world.settings.pathPrefix);
  }

  /** A new person, or a Zalo account for one the sandbox has already; neither follows nor has written. */
  createPerson(nameOrPerson: string | Person): ZaloPerson {
    const { core, people } = this.world;
    return people.enrol(typeof nameOrPerson === 'string' ? core.people.create(nameOrPerson) : nameOrPerson);
  }

  /** The account behind a reference; a person of the sandbox without one gets it now. */
  person(ref: PersonRef): ZaloPerson {
    const id = typeof ref === 'string' ? ref : 'userId' in ref ? ref.userId : ref.id;
    const shared = this.world.core.people.find(id);
    return shared === undefined ? this.world.people.get(id) : this.world.people.enrol(shared);
  }

  /** The group behind a reference. */
  group(ref: GroupRef): ZaloGroup {
    return this.world.groups.get(typeof ref === 'string' ? ref : ref.groupId);
  }

  /** The OA's messages to a person in private, oldest first. */
  messagesTo(ref: PersonRef): readonly ZaloMessage[] {
    return this.world.transcript.inChat(this.person(ref).userId).filter((message) => message.from === 'oa');
  }

  /** Every message in a group, the people's too, oldest first. */
  messagesIn(group: GroupRef): readonly ZaloMessage[] {
    return this.world.transcript.inChat(this.group(group).groupId);
  }

  protected sendAttached(ref: PersonRef, attachment: EventAttachment, options: SendOptions): string {
    const group = options.in === undefined ? undefined : this.group(options.in);
    return this.send(this.person(ref), group, { text: options.text, attachments: [attachment] });
  }

  protected send(
    person: ZaloPerson,
    group: ZaloGroup | undefined,
    content: SaidContent,
    button?: string,
  ): string {
    const base = eventBase(this.world);
    if (group !== undefined) {
      if (!group.members.has(person.userId))
        throw new Error(`${person.personId} is not in group ${group.groupId}`);
      const { messageId } = this.record(group.groupId, person.userId, 'person', content);
      this.emitInGroup(group, groupMessageEvent(base, person, group.groupId, messageId, content));
      return messageId;
    }
    this.interact(person);
    const isHidden = button === 'oa.query.hide';
    const messageId = isHidden
      ? this.world.ids.messageId()
      : this.record(person.userId, person.userId, 'person', content).messageId;
    this.emit(privateMessageEvent(base, person, messageId, content));
    return messageId;
  }

  protected record(
    chatId: string,
    senderId: string,
    from: 'oa' | 'person',
    content: SaidContent,
  ): ZaloMessage {
    return this.world.transcript.add({
      messageId: this.world.ids.messageId(),
      chatId,
      from,
      senderId,
      atMs: this.world.core.clock.nowMs(),
      text: content.text,
      kind: content.attachments?.[0]?.type ?? 'none',
      attachment: { kind: 'none' },
      said: content.attachments?.[0],
      buttons: [],
      upload: undefined,
      mentions: [],
      quoteMessageId: content.quote?.messageId,
    });
  }

  protected quoted(messageId: string | undefined): SaidContent['quote'] {
    if (messageId === undefined) return undefined;
    const message = this.world.transcript.find(messageId);
    if (message === undefined) throw new RangeError(`No message ${messageId}`);
    return { messageId, text: message.text ?? '', senderId: message.senderId };
  }

  protected interact(person: ZaloPerson): void {
    this.world.people.interact(person, this.world.core.clock.nowMs());
  }

  protected emit(event: ZaloEvent): void {
    this.world.webhooks.emit(event);
  }

  /** The OA hears of a group only while it is inside. */
  protected emitInGroup(group: ZaloGroup, event: ZaloEvent): void {
    if (group.oaInside) this.emit(event);
  }
}
