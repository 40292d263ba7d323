import { expect, it } from 'vitest';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { describeStores } from './harness.ts';
import { event } from './samples.ts';

describeStores('inbox', ({ stores }) => {
  it('keeps one row per platform and event id, also when both arrive at once', async () => {
    const { inbox } = stores();
    const answers = await Promise.all([inbox.add(event()), inbox.add(event()), inbox.add(event())]);
    expect(answers.sort()).toEqual(['duplicate', 'duplicate', 'new']);
    expect(await inbox.add(event({ platform: 'zalo' }))).toBe('new');
  });

  it('gives the event back as it came', async () => {
    const { inbox } = stores();
    const full: InboundEvent = event({
      chat: { id: '-5', kind: 'group', title: 'Group' },
      sender: null,
      content: { kind: 'file', file: { kind: 'photo', ref: 'abc', sizeBytes: 3 }, caption: 'c' },
      quoted: { messageId: '9', text: 'before' },
    });
    await inbox.add(full);
    await inbox.add(event({ eventId: '2' }));
    expect(await inbox.next('telegram:-5')).toEqual({ id: 'telegram:1', event: full, attempts: 0 });
    expect((await inbox.next('telegram:77'))?.event).toEqual(event({ eventId: '2' }));
  });

  it('hands out the rows of a chat in the order of the platform, not of arrival', async () => {
    const { inbox } = stores();
    await inbox.add(event({ eventId: 'b', order: '0002' }));
    await inbox.add(event({ eventId: 'a', order: '0001' }));
    const first = await inbox.next('telegram:77');
    expect(first?.event.eventId).toBe('a');
    await inbox.done(first?.id ?? '');
    expect((await inbox.next('telegram:77'))?.event.eventId).toBe('b');
    expect(await inbox.next('telegram:78')).toBeNull();
  });

  it('knows a repeated event even after it was handled', async () => {
    const { inbox } = stores();
    await inbox.add(event());
    await inbox.done('telegram:1');
    expect(await inbox.add(event())).toBe('duplicate');
    expect(await inbox.next('telegram:77')).toBeNull();
  });

  it('sets a row aside after the allowed failures, so that the chat goes on', async () => {
    const { inbox } = stores();
    await inbox.add(event({ eventId: 'bad', order: '1' }));
    await inbox.add(event({ eventId: 'good', order: '2' }));
    expect(await inbox.failed('telegram:bad', 2, 40)).toBe('again');
    expect(await inbox.next('telegram:77')).toMatchObject({ id: 'telegram:bad', attempts: 1 });
    expect(await inbox.failed('telegram:bad', 2, 50)).toBe('poisoned');
    expect(await inbox.failed('telegram:bad', 2, 60)).toBe('poisoned');
    expect((await inbox.next('telegram:77'))?.id).toBe('telegram:good');
  });

  it('lists what was set aside by id, since when and how often it failed, the oldest first', async () => {
    const { inbox } = stores();
    for (const eventId of ['late', 'early', 'fine']) await inbox.add(event({ eventId }));
    await inbox.failed('telegram:late', 1, 70);
    await inbox.failed('telegram:early', 2, 50);
    await inbox.failed('telegram:early', 2, 60);
    await inbox.failed('telegram:fine', 2, 10);
    const early = { id: 'telegram:early', platform: 'telegram', what: 'message', sinceMs: 60, attempts: 2 };
    const late = { id: 'telegram:late', platform: 'telegram', what: 'message', sinceMs: 70, attempts: 1 };
    expect(await inbox.setAside(10)).toEqual([early, late]);
    expect(await inbox.setAside(1)).toEqual([early]);
  });

  it('puts back what was set aside, once, and sets it aside again after one more failure', async () => {
    const { inbox } = stores();
    await inbox.add(event({ eventId: 'bad' }));
    expect(await inbox.putBack('telegram:bad')).toBe(false);
    expect(await inbox.putBack('telegram:never')).toBe(false);
    await inbox.failed('telegram:bad', 1, 50);
    expect(await inbox.putBack('telegram:bad')).toBe(true);
    expect(await inbox.putBack('telegram:bad')).toBe(false);
    expect(await inbox.setAside(10)).toEqual([]);
    expect(await inbox.next('telegram:77')).toMatchObject({
      id: 'telegram:bad',
      event: event({ eventId: 'bad' }),
    });
    expect(await inbox.failed('telegram:bad', 2, 90)).toBe('poisoned');
    expect(await inbox.setAside(10)).toMatchObject([{ sinceMs: 90, attempts: 2 }]);
  });

  it('lists the chats that wait, the one that has waited longest first', async () => {
    const { inbox } = stores();
    await inbox.add(event({ eventId: '1', chat: { id: 'late', kind: 'private' }, sentAtMs: 30 }));
    await inbox.add(event({ eventId: '2', chat: { id: 'early', kind: 'private' }, sentAtMs: 10 }));
    await inbox.add(event({ eventId: '3', chat: { id: 'late', kind: 'private' }, sentAtMs: 20 }));
    await inbox.add(event({ eventId: '4', chat: { id: 'done', kind: 'private' }, sentAtMs: 5 }));
    await inbox.done('telegram:4');
    expect(await inbox.waitingChats(10)).toEqual(['telegram:early', 'telegram:late']);
    expect(await inbox.waitingChats(1)).toEqual(['telegram:early']);
  });
});
