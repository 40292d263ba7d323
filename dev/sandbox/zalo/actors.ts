import { echoEvent, followEvent, membershipEvent, receiptEvent, submitInfoEvent } from './events.ts';
import type { ZaloGroup } from './group-store.ts';
import { TINY_PNG } from './hosted-files.ts';
import type { BlockCode, SharedInfo } from './person-store.ts';
import { ZaloStage } from './stage.ts';
import type { GroupRef, PersonRef, SendOptions } from './stage.ts';
import { eventBase } from './world.ts';

/** What tapping a button led to. */
export type Tapped =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'opened'; readonly url: string }
  | { readonly kind: 'dialled'; readonly phoneCode: string };

/** Acts as any person. Every act is what the platform allows people to do; an impossible one throws. */
export class ZaloActors extends ZaloStage {
  /** Opens the windows; event `follow`. */
  follow(ref: PersonRef): void {
    const person = this.person(ref);
    person.follows = true;
    person.blockedAs = undefined;
    this.interact(person);
    this.emit(followEvent(eventBase(this.world), person, 'follow'));
  }

  /** Event `unfollow`; the windows run on. */
  unfollow(ref: PersonRef): void {
    const person = this.person(ref);
    person.follows = false;
    this.emit(followEvent(eventBase(this.world), person, 'unfollow'));
  }

  /** Shuts the OA out, without any event: sends give -217, or -244 for "this kind of message only". */
  block(ref: PersonRef, code: BlockCode = -217): void {
    this.person(ref).blockedAs = code;
  }

  unblock(ref: PersonRef): void {
    this.person(ref).blockedAs = undefined;
  }

  /** Writes to the OA in private; returns the message id. `quote` is the id of a message of that chat. */
  say(ref: PersonRef, text: string, options: { readonly quote?: string } = {}): string {
    return this.send(this.person(ref), undefined, { text, quote: this.quoted(options.quote) });
  }

  /** Writes in a group of which the person is a member; returns the message id. */
  sayInGroup(
    ref: PersonRef,
    group: GroupRef,
    text: string,
    options: { readonly quote?: string } = {},
  ): string {
    return this.send(this.person(ref), this.group(group), { text, quote: this.quoted(options.quote) });
  }

  /** Passes a message on: here it is like one's own, the platform tells nothing of where it came from. */
  forward(ref: PersonRef, messageId: string, options: Pick<SendOptions, 'in'> = {}): string {
    const message = this.world.transcript.find(messageId);
    if (message === undefined) throw new RangeError(`No message ${messageId}`);
    const { text, said, upload } = message;
    const passedOn = { ...options, ...(text === undefined ? {} : { text }) };
    if (said !== undefined) return this.sendAttached(ref, said, passedOn);
    if (upload === undefined) return this.sendWords(ref, text ?? '', options.in);
    const bytes = Buffer.from(upload.bytes);
    if (upload.kind === 'file') return this.sendFile(ref, upload.name, { ...passedOn, bytes });
    return this.sendImage(ref, { ...passedOn, bytes });
  }

  private sendWords(ref: PersonRef, text: string, group: GroupRef | undefined): string {
    return group === undefined ? this.say(ref, text) : this.sayInGroup(ref, group, text);
  }

  /** A picture; without bytes a one-point PNG. The bot can fetch it. */
  sendImage(ref: PersonRef, options: SendOptions = {}): string {
    const url = this.files.host(options.bytes ?? TINY_PNG, 'png', 'image/png');
    return this.sendAttached(ref, { type: 'image', payload: { url, thumbnail: url } }, options);
  }

  sendAudio(ref: PersonRef, options: SendOptions = {}): string {
    const url = this.files.host(options.bytes ?? Buffer.from('voice'), 'aac', 'audio/aac');
    return this.sendAttached(ref, { type: 'audio', payload: { url } }, options);
  }

  sendVideo(ref: PersonRef, options: SendOptions = {}): string {
    const url = this.files.host(options.bytes ?? Buffer.from('video'), 'mp4', 'video/mp4');
    const thumbnail = this.files.host(TINY_PNG, 'png', 'image/png');
    return this.sendAttached(ref, { type: 'video', payload: { url, thumbnail, description: '' } }, options);
  }

  sendFile(ref: PersonRef, name: string, options: SendOptions = {}): string {
    const bytes = options.bytes ?? Buffer.from('%PDF-1.4');
    const type = name.split('.').at(-1) ?? '';
    const url = this.files.host(bytes, type, 'application/octet-stream');
    const payload = { url, name, size: String(bytes.byteLength), type };
    return this.sendAttached(ref, { type: 'file', payload }, options);
  }

  sendSticker(ref: PersonRef, options: SendOptions = {}): string {
    const url = this.files.host(TINY_PNG, 'png', 'image/png');
    return this.sendAttached(ref, { type: 'sticker', payload: { id: 'bfe458bf64fa8da4d4eb', url } }, options);
  }

  sendLink(ref: PersonRef, url: string, options: SendOptions = {}): string {
    const payload = { url, title: url, description: '', thumbnail: '' };
    return this.sendAttached(ref, { type: 'link', payload }, options);
  }

  /** A place, in private (the platform has no such event for groups). Coordinates go out as text. */
  sendLocation(ref: PersonRef, latitude: number, longitude: number): string {
    const coordinates = { latitude: String(latitude), longitude: String(longitude) };
    return this.sendAttached(ref, { type: 'location', payload: { coordinates } }, {});
  }

  /** Fills in the form of the OA's `request_user_info`; throws if the OA never asked. */
  submitInfo(ref: PersonRef, info: SharedInfo, shape: 'current' | 'old' = 'current'): void {
    const person = this.person(ref);
    const asked = this.messagesTo(person).some((message) => message.kind === 'request_user_info');
    if (!asked) throw new Error(`The OA has not asked ${person.personId} for contact data`);
    person.shared = info;
    this.emit(submitInfoEvent(eventBase(this.world), person, info, shape));
  }

  /** Taps a button under a message of the OA; a query button posts its payload as the person's own text. */
  tap(ref: PersonRef, messageId: string, buttonTitle: string): Tapped {
    const person = this.person(ref);
    const message = this.messagesTo(person).find((candidate) => candidate.messageId === messageId);
    const button = message?.buttons.find((candidate) => candidate.title === buttonTitle);
    if (button === undefined) throw new Error(`No button "${buttonTitle}" under message ${messageId}`);
    switch (button.type) {
      case 'oa.query.show':
      case 'oa.query.hide':
        return {
          kind: 'sent',
          messageId: this.send(person, undefined, { text: button.payload }, button.type),
        };
      case 'oa.open.url':
        return { kind: 'opened', url: button.url };
      case 'oa.open.phone':
      case 'oa.open.sms':
        return { kind: 'dialled', phoneCode: button.phoneCode };
    }
  }

  /** Opens the private chat: event `user_seen_message` with every message of the OA so far. */
  see(ref: PersonRef): void {
    const person = this.person(ref);
    const messageIds = this.messagesTo(person).map((message) => message.messageId);
    if (messageIds.length === 0) return;
    this.emit(receiptEvent(eventBase(this.world), person, 'user_seen_message', messageIds));
  }

  /** A member of staff answers by hand in OA Manager: the bot sees only the echo, with `admin_id`. */
  staffSays(ref: PersonRef, text: string, adminId = '7777777777777777777'): string {
    const person = this.person(ref);
    const message = this.record(person.userId, this.world.settings.oaId, 'oa', { text });
    this.emit(
      echoEvent(eventBase(this.world), { person }, message.messageId, { kind: 'text', text, adminId }),
    );
    return message.messageId;
  }

  /** A group that the OA made, with these members, using an asset of its own. */
  createGroup(name: string, members: readonly PersonRef[] = []): ZaloGroup {
    return this.world.groups.create(
      name,
      members.map((member) => this.person(member).userId),
    );
  }

  /** Event `user_join_group`. */
  joinGroup(ref: PersonRef, groupRef: GroupRef): void {
    const person = this.person(ref);
    const group = this.group(groupRef);
    if (group.members.size + 1 >= group.maxMember) throw new Error(`Group ${group.groupId} is full`);
    group.members.add(person.userId);
    this.emitInGroup(group, membershipEvent(eventBase(this.world), person, group.groupId, 'user_join_group'));
  }

  /** Event `user_out_group`. */
  leaveGroup(ref: PersonRef, groupRef: GroupRef): void {
    const person = this.person(ref);
    const group = this.group(groupRef);
    if (!group.members.delete(person.userId)) return;
    this.emitInGroup(group, membershipEvent(eventBase(this.world), person, group.groupId, 'user_out_group'));
  }

  /** When the place that the group uses up runs out, as the platform tells whoever asks. */
  setValidThrough(group: GroupRef, atMs: number): void {
    this.group(group).validThroughMs = atMs;
  }

  /** The group's asset lapsed: sends give -237. */
  disableGroup(group: GroupRef): void {
    this.group(group).status = 'disabled';
  }

  enableGroup(group: GroupRef): void {
    this.group(group).status = 'enabled';
  }

  /** Takes the OA out of a group: sends give -403, its events stop. */
  removeOa(group: GroupRef): void {
    this.group(group).oaInside = false;
  }
}
