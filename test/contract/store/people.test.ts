import { expect, it } from 'vitest';
import type { Destination } from '#src/domain/destination.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import { describeStores } from './harness.ts';
import { destination } from './samples.ts';

describeStores('destinations', ({ stores }) => {
  it('registers a chat once and leaves what somebody else has made of it', async () => {
    const { destinations } = stores();
    const chat = { platform: 'telegram' as const, chatId: '-77' };
    const fresh = {
      kind: 'group' as const,
      chat,
      title: 'Khu 7',
      neighbourhood: null,
      audience: null,
      state: 'waiting' as const,
    };
    const answers = await Promise.all([destinations.register(fresh), destinations.register(fresh)]);
    expect(answers.filter((row) => row !== null)).toHaveLength(1);
    await destinations.upsert({ ...fresh, audience: 'residents', state: 'active' });
    expect(await destinations.register(fresh)).toBeNull();
    expect(await destinations.byChat(chat)).toMatchObject({ state: 'active', audience: 'residents' });
  });

  it('finds a destination by its chat and keeps its id through every import', async () => {
    const { destinations } = stores();
    const made = await Promise.all([1, 2, 3].map(() => destinations.upsert(destination())));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    const again = await destinations.upsert(destination({ title: 'Renamed', neighbourhood: null }));
    expect(again).toEqual({ ...destination({ title: 'Renamed', neighbourhood: null }), id: made[0]?.id });
    expect(await destinations.list({})).toEqual([again]);
    expect(await destinations.byChat(destination().chat)).toEqual(again);
    expect(await destinations.get('nobody')).toBeNull();
  });

  it('takes the id it is given, and drops what a later import no longer says', async () => {
    const { destinations } = stores();
    await destinations.upsert({ ...destination({ kind: 'relay', staffId: 's1' }), id: 'mine' });
    expect(await destinations.get('mine')).toEqual({
      ...destination({ kind: 'relay', staffId: 's1' }),
      id: 'mine',
    });
    await destinations.upsert(destination());
    expect(await destinations.get('mine')).toEqual({ ...destination(), id: 'mine' });
  });

  it('streams active destinations in the order of their ids, over many pages', async () => {
    const { destinations } = stores();
    for (let n = 0; n < 30; n += 1) {
      const state = n % 3 === 0 ? 'waiting' : 'active';
      const chat = { platform: 'telegram', chatId: `${n}` } as const;
      await destinations.upsert({ ...destination({ chat, state }), id: `id-${String(n).padStart(2, '0')}` });
    }
    const seen: Destination[] = [];
    for await (const one of destinations.active()) seen.push(one);
    expect(seen).toHaveLength(20);
    expect(seen.map((one) => one.id)).toEqual(seen.map((one) => one.id).toSorted());
    expect(await destinations.list({ state: 'waiting' })).toHaveLength(10);
  });

  it('remembers why a destination cannot be reached, until it can again', async () => {
    const { destinations } = stores();
    const { id } = await destinations.upsert(destination());
    await destinations.setState(id, 'unreachable', 'kicked');
    expect(await destinations.get(id)).toMatchObject({ state: 'unreachable', unreachableWhy: 'kicked' });
    await destinations.setState(id, 'active');
    expect(await destinations.get(id)).toEqual({ ...destination(), id });
  });

  it('counts alike ones of every state, without reading them one by one', async () => {
    const { destinations } = stores();
    for (const chatId of ['1', '2', '3'])
      await destinations.upsert(
        destination({
          chat: { platform: 'telegram', chatId },
          state: chatId === '3' ? 'unreachable' : 'active',
        }),
      );
    await destinations.upsert(
      destination({ kind: 'subscriber', chat: { platform: 'telegram', chatId: '4' }, neighbourhood: null }),
    );
    const alike = {
      kind: 'group',
      chat: { platform: 'telegram' },
      neighbourhood: 'kp-1',
      audience: 'residents',
    };
    const census = await destinations.census();
    expect(census).toHaveLength(3);
    expect(census).toContainEqual({ ...alike, state: 'active', count: 2 });
    expect(census).toContainEqual({ ...alike, state: 'unreachable', count: 1 });
    expect(census).toContainEqual({
      ...alike,
      kind: 'subscriber',
      neighbourhood: null,
      state: 'active',
      count: 1,
    });
  });

  it('keeps the topic that was chosen for a forum through every import', async () => {
    const { destinations } = stores();
    const { id } = await destinations.upsert(destination());
    await destinations.setThread(id, '17');
    const again = await destinations.upsert(destination({ title: 'Renamed' }));
    expect(again).toEqual({ ...destination({ title: 'Renamed' }), id, threadId: '17' });
    expect(await destinations.get(id)).toEqual(again);
    await destinations.setThread(id, null);
    expect(await destinations.get(id)).toEqual({ ...destination({ title: 'Renamed' }), id });
  });

  it('remembers what a subscriber agreed to, and forgets all of one who leaves', async () => {
    const { destinations } = stores();
    const subscriber = destination({
      kind: 'subscriber',
      chat: { platform: 'telegram', chatId: '77' },
      title: '',
      consent: { version: 'v1', atMs: 5 },
    });
    const { id } = await destinations.upsert(subscriber);
    expect(await destinations.get(id)).toEqual({ ...subscriber, id });
    await destinations.erase(id);
    await destinations.erase(id);
    expect(await destinations.get(id)).toBeNull();
    expect(await destinations.list({})).toEqual([]);
  });

  it('moves to the new chat under the old id, also when the new chat was announced before', async () => {
    const { destinations } = stores();
    const { id } = await destinations.upsert(destination());
    const moved: ChatRef = { platform: 'telegram', chatId: '-100500' };
    await destinations.upsert(destination({ chat: moved, state: 'waiting' }));
    await destinations.move(id, '-100500');
    await destinations.move(id, '-100500');
    expect(await destinations.byChat(moved)).toEqual({ ...destination({ chat: moved }), id });
    expect(await destinations.byChat(destination().chat)).toBeNull();
    expect(await destinations.list({})).toHaveLength(1);
  });
});

describeStores('staff', ({ stores }) => {
  const who = {
    name: 'An',
    address: 'anh',
    roles: ['handler', 'editor'],
    unitId: 'u1',
    neighbourhood: null,
  } as const;
  const chat: ChatRef = { platform: 'zalo', chatId: '5' };

  it('finds who is away on a day, both ends included, with the deputy, until they are back', async () => {
    const { staff } = stores();
    const { id } = await staff.invite(who, 'CODE-1', 1_000);
    await staff.join('CODE-1', chat, 10);
    await staff.setDeputy(id, 'other');
    await staff.setLeave(id, { from: '2024-11-25', to: '2024-11-30' });
    const away = async (day: string) => (await staff.onLeave(day)).map((one) => one.id);
    expect(await away('2024-11-24')).toEqual([]);
    expect(await away('2024-11-25')).toEqual([id]);
    expect(await away('2024-11-30')).toEqual([id]);
    expect(await away('2024-12-01')).toEqual([]);
    expect(await staff.get(id)).toMatchObject({
      deputyId: 'other',
      leave: { from: '2024-11-25', to: '2024-11-30' },
    });
    await staff.setLeave(id, null);
    await staff.setDeputy(id, null);
    expect(await away('2024-11-25')).toEqual([]);
    expect(await staff.get(id)).not.toHaveProperty('deputyId');
  });

  it('makes a member of an invitation with the one-time code, and of nobody else', async () => {
    const { staff } = stores();
    const invited = await staff.invite(who, 'CODE-1', 1_000);
    expect(invited).toMatchObject({ ...who, contacts: [], active: false });
    expect(await staff.join('CODE-2', chat, 10)).toEqual({ kind: 'unknown-code' });
    const member = { ...invited, contacts: [chat], active: true };
    expect(await staff.join('CODE-1', chat, 10)).toEqual({ kind: 'joined', member });
    expect(await staff.join('CODE-1', { ...chat, chatId: '6' }, 10)).toEqual({ kind: 'unknown-code' });
    expect(await staff.byChat(chat)).toEqual(member);
    expect(await staff.get(invited.id)).toEqual(member);
    expect(await staff.byChat({ platform: 'telegram', chatId: '5' })).toBeNull();
  });

  it('knows nobody in the chats of who has left, nor opens to their code, and keeps the row', async () => {
    const { staff } = stores();
    const joined = await staff.invite(who, 'CODE-1', 1_000);
    const invited = await staff.invite(who, 'CODE-2', 1_000);
    await staff.join('CODE-1', chat, 10);
    for (const { id } of [joined, invited, joined]) await staff.remove(id);
    expect(await staff.byChat(chat)).toBeNull();
    expect(await staff.withRole('handler')).toEqual([]);
    for (const code of ['CODE-1', 'CODE-2'])
      expect(await staff.join(code, chat, 10)).toEqual({ kind: 'unknown-code' });
    expect(await staff.get(joined.id)).toMatchObject({ name: 'An', active: false, contacts: [] });
  });

  it('answers the same to a chat that sends its code twice at once', async () => {
    const { staff } = stores();
    await staff.invite(who, 'CODE-1', 1_000);
    const answers = await Promise.all([1, 2, 3, 4].map(() => staff.join('CODE-1', chat, 10)));
    expect(answers.map((one) => one.kind)).toEqual(['joined', 'joined', 'joined', 'joined']);
  });

  it('answers the same when the chat that joined repeats its code', async () => {
    const { staff } = stores();
    await staff.invite(who, 'CODE-1', 1_000);
    const first = await staff.join('CODE-1', chat, 10);
    expect(await staff.join('CODE-1', chat, 5_000)).toEqual(first);
  });

  it('refuses a code whose time is over, and a code given twice', async () => {
    const { staff } = stores();
    await staff.invite(who, 'CODE-1', 1_000);
    expect(await staff.join('CODE-1', chat, 1_000)).toEqual({ kind: 'expired' });
    await expect(staff.invite(who, 'CODE-1', 1_000)).rejects.toThrow('exists already');
  });

  it('lets one of two chats win that spend one code at once', async () => {
    const { staff } = stores();
    await staff.invite(who, 'CODE-1', 1_000);
    const chats = ['1', '2', '3'].map((chatId) => ({ platform: 'zalo', chatId }) as const);
    const answers = await Promise.all(chats.map((one) => staff.join('CODE-1', one, 10)));
    expect(answers.map((one) => one.kind).sort()).toEqual(['joined', 'unknown-code', 'unknown-code']);
  });

  it('lets one chat speak for one member: the newer invitation counts', async () => {
    const { staff } = stores();
    const before = await staff.invite(who, 'CODE-1', 1_000);
    const after = await staff.invite({ ...who, name: 'Binh' }, 'CODE-2', 1_000);
    await staff.join('CODE-1', chat, 10);
    await staff.join('CODE-2', chat, 10);
    expect((await staff.byChat(chat))?.id).toBe(after.id);
    expect((await staff.get(before.id))?.contacts).toEqual([]);
  });

  it('finds those who joined by role and unit', async () => {
    const { staff } = stores();
    await staff.invite(who, 'CODE-1', 1_000);
    await staff.invite({ ...who, unitId: 'u2', roles: ['handler'] }, 'CODE-2', 1_000);
    await staff.invite(who, 'NEVER-JOINS', 1_000);
    await staff.join('CODE-1', chat, 10);
    await staff.join('CODE-2', { ...chat, chatId: '6' }, 10);
    expect(await staff.withRole('handler')).toHaveLength(2);
    expect(await staff.withRole('handler', 'u2')).toHaveLength(1);
    expect(await staff.withRole('editor', 'u2')).toEqual([]);
    expect(await staff.list()).toHaveLength(3);
  });
});
