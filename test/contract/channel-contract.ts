import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallTiming, Channel, FetchedFile } from '#src/app/ports/channel.ts';
import { steadyMs, untilSteady } from '#src/app/ports/steady.ts';
import type { ChatRef, RemoteFile } from '#src/domain/inbound.ts';
import { messageIdsOf, type OutboundMessage } from '#src/domain/outbound.ts';

/** What may go wrong with the next call of a send. */
export type ContractFault =
  | 'rate-limited'
  | 'server-error'
  | 'unreadable'
  | 'cut-after-delivery'
  | 'silent'
  | 'blocked'
  | 'wrong-token';

export interface SeenMessage {
  readonly text: string;
  readonly hasPhoto: boolean;
  /** The words shown bold. */
  readonly bold: readonly string[];
}

/** One platform with one person and one group, and the channel that reaches them. */
export interface ChannelStand {
  readonly channel: Channel;
  readonly person: ChatRef;
  readonly group: ChatRef;
  /** Arms one fault for the person's chat. */
  fail(fault: ContractFault): void;
  /** The platform is away: connections are refused. */
  goAway(): Promise<void>;
  /** What the people in the chat see from us, oldest first. */
  seen(chat: ChatRef): readonly SeenMessage[];
  /** A file that the person sent. */
  sentFile(): { readonly file: RemoteFile; readonly bytes: Uint8Array };
  stop(): Promise<void>;
}

/** A timing as the budget gives it: `isExact` where the moment matters. */
export function leavesAt(atMs: number, isExact: boolean): CallTiming {
  return { atMs: isExact ? atMs : null, ready: () => untilSteady(atMs), ended: () => undefined };
}

const hello = { text: 'Kính chào bà con' };

/** The guarantees of the `Channel` port. Every implementation passes them, the fake of the tests too. */
export function describeChannel(
  name: string,
  start: () => Promise<ChannelStand>,
  photo: FetchedFile,
  options: {
    readonly canEdit: boolean;
    readonly hasFormatting: boolean;
    /** When each call may leave; at once unless told. */
    readonly timing?: () => CallTiming;
  },
): void {
  describe(`the channel contract: ${name}`, () => {
    let stand: ChannelStand;
    beforeEach(async () => {
      stand = await start();
    });
    afterEach(() => stand.stop());

    const send = (chat: ChatRef, message: OutboundMessage, media: readonly FetchedFile[]) =>
      stand.channel.send(chat, message, media, options.timing?.());
    const sendHello = () => send(stand.person, hello, []);

    it('delivers a text once, to a person and to a group, and names it by an id', async () => {
      for (const chat of [stand.person, stand.group]) {
        const outcome = await send(chat, hello, []);
        expect(outcome).toMatchObject({ kind: 'sent', externalId: expect.stringMatching(/.+/) as string });
        expect(stand.seen(chat)).toEqual([{ text: hello.text, hasPhoto: false, bold: [] }]);
      }
    });

    it('lets no call leave before it may', async () => {
      const picture = { ...hello, photoIds: ['media-1'] };
      const sent = await sendHello();
      const { externalId } = sent.kind === 'sent' ? sent : { externalId: '' };
      for (const isExact of [true, false]) {
        const atMs = steadyMs() + 60;
        const timing = leavesAt(atMs, isExact);
        await Promise.all([
          stand.channel.send(stand.group, hello, [], timing),
          stand.channel.send(stand.group, picture, [photo], timing),
          ...(options.canEdit ? [stand.channel.edit(stand.person, externalId, { text: 'Sửa' }, timing)] : []),
        ]).then(() => expect(steadyMs()).toBeGreaterThanOrEqual(atMs));
      }
    });

    it('gives two messages two ids', async () => {
      const [first, second] = [await sendHello(), await sendHello()];
      expect(first).not.toEqual(second);
    });

    it('delivers a picture with its words', async () => {
      const outcome = await send(stand.person, { ...hello, photoIds: ['media-1'] }, [photo]);
      expect(outcome.kind).toBe('sent');
      expect(stand.seen(stand.person)).toEqual([{ text: hello.text, hasPhoto: true, bold: [] }]);
    });

    it('delivers as many photos as it takes in one call, words under the first, and names every message', async () => {
      const count = Math.min(3, stand.channel.limits.albumPhotos);
      const photoIds = Array.from({ length: count }, (_, index) => `media-${String(index)}`);
      const outcome = await send(
        stand.group,
        { ...hello, photoIds },
        photoIds.map(() => photo),
      );
      expect(outcome.kind).toBe('sent');
      const ids = outcome.kind === 'sent' ? messageIdsOf(outcome.externalId) : [];
      expect(new Set(ids).size).toBe(count);
      expect(stand.seen(stand.group).map(({ text, hasPhoto }) => [text, hasPhoto])).toEqual(
        photoIds.map((_, index) => [index === 0 ? hello.text : '', true]),
      );
    });

    it('rejects an album of which a photo has no bytes, and delivers nothing', async () => {
      const photoIds = Array.from({ length: stand.channel.limits.albumPhotos }, (_, at) => `m-${String(at)}`);
      const media = photoIds.slice(1).map(() => photo);
      const outcome = await send(stand.person, { ...hello, photoIds }, media);
      expect(outcome).toMatchObject({ kind: 'rejected', cause: 'content' });
      expect(stand.seen(stand.person)).toEqual([]);
    });

    it('shows bold where it can, and everywhere the very words, marks and tags included', async () => {
      const text = 'Kính chào *bà con* <b>khu 3</b> & _tổ 5_ [@all]';
      const spans = [{ kind: 'bold', offset: 0, length: 9 }] as const;
      expect((await send(stand.group, { text, spans }, [])).kind).toBe('sent');
      const [seen] = stand.seen(stand.group);
      expect(seen?.bold).toEqual(options.hasFormatting ? ['Kính chào'] : []);
      expect(seen?.text.replaceAll(/[＠@]/gu, '@').replace('(@', '[@')).toBe(text);
    });

    it('rejects a picture without bytes as content, and delivers nothing', async () => {
      const outcome = await send(stand.person, { ...hello, photoIds: ['media-1'] }, []);
      expect(outcome).toMatchObject({ kind: 'rejected', cause: 'content' });
      expect(stand.seen(stand.person)).toEqual([]);
    });

    it('says "retry" for one call too many, and for a platform that is away', async () => {
      stand.fail('rate-limited');
      expect(await sendHello()).toMatchObject({
        kind: 'retry',
        why: 'rate-limited',
        afterMs: expect.any(Number) as number,
      });
      await stand.goAway();
      expect(await sendHello()).toMatchObject({ kind: 'retry', why: 'network' });
      expect(stand.seen(stand.person)).toEqual([]);
    });

    it.each(['server-error', 'unreadable', 'cut-after-delivery', 'silent'] as const)(
      'says "unknown" after %s and does not send again',
      async (fault) => {
        stand.fail(fault);
        expect((await sendHello()).kind).toBe('unknown');
        expect(stand.seen(stand.person).length).toBeLessThanOrEqual(1);
        expect((await sendHello()).kind).toBe('sent');
      },
    );

    it('says "recipient-gone" for a person who shut it out', async () => {
      stand.fail('blocked');
      expect(await sendHello()).toEqual({ kind: 'recipient-gone', why: 'blocked' });
    });

    it('says "rejected configuration" when the platform does not know it any more', async () => {
      stand.fail('wrong-token');
      expect(await sendHello()).toMatchObject({ kind: 'rejected', cause: 'configuration' });
    });

    it('edits where the platform can, and says so where it cannot', async () => {
      const sent = await sendHello();
      const externalId = sent.kind === 'sent' ? sent.externalId : '';
      const outcome = await stand.channel.edit(
        stand.person,
        externalId,
        { text: 'Đã sửa' },
        options.timing?.(),
      );
      if (options.canEdit) expect(outcome).toEqual({ kind: 'sent', externalId });
      else expect(outcome).toMatchObject({ kind: 'rejected', cause: 'content' });
      expect(stand.seen(stand.person)).toHaveLength(1);
    });

    it('never throws for a tap it cannot acknowledge', async () => {
      await expect(stand.channel.acknowledgeTap('long-gone')).resolves.toBeUndefined();
    });

    it('fetches what a person sent, and throws when it cannot be had', async () => {
      const { file, bytes } = stand.sentFile();
      const fetched = await stand.channel.fetchFile(file);
      expect(Buffer.from(fetched.bytes).equals(Buffer.from(bytes))).toBe(true);
      expect(fetched.contentType).toMatch(/^\w+\/[\w.+-]+/);
      await expect(stand.channel.fetchFile({ kind: 'photo', ref: 'no-such-file' })).rejects.toThrow();
    });

    it('links to its private chat', () => {
      expect(stand.channel.privateChatLink('abc')).toMatch(/^https:\/\//);
    });
  });
}
