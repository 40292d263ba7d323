import { beforeEach, describe, expect, it } from 'vitest';
import { CONSENT_VERSION } from '#src/domain/conversation/flows/subscribe.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

let world: AppWorld;
const chat = { platform: 'telegram', chatId: '42' } as const;

beforeEach(async () => {
  world = await createAppWorld();
});

async function say(words: string): Promise<void> {
  await world.receive('42', { kind: 'text', text: words });
  await world.handle('42');
}
const last = () => world.toldTo('42').at(-1) ?? '';
const subscriber = () => world.app.destinations.byChat(chat);

describe('a resident who wants the posts in private', () => {
  it('hears what comes and how often before anything is written down, and agrees', async () => {
    await say('/nhantin');
    expect(last()).toContain('nhiều nhất 1 bài');
    expect(await subscriber()).toBeNull();
    await say('1');
    expect(await subscriber()).toMatchObject({
      kind: 'subscriber',
      title: '',
      neighbourhood: null,
      state: 'active',
      consent: { version: CONSENT_VERSION, atMs: world.time.nowMs },
    });
    expect(last()).toContain('ngừng tin');
  });

  it('can have the posts of one neighbourhood alone, and change it later', async () => {
    await say('nhận tin');
    await say('2');
    await say('khu mười hai');
    expect(last()).toContain('chưa rõ khu nào');
    await say('khu 5a');
    expect(await subscriber()).toMatchObject({ neighbourhood: 'khu-5a' });
    await say('nhận tin');
    await say('1');
    expect(await subscriber()).toMatchObject({ neighbourhood: null });
    expect(await world.app.destinations.list({})).toHaveLength(1);
  });

  it('is written down nowhere when they think better of it', async () => {
    await say('nhận tin');
    await say('0');
    expect(await subscriber()).toBeNull();
  });

  it('is erased by "ngừng tin", and hears it also when nothing was there', async () => {
    await say('nhận tin');
    await say('1');
    await say('ngừng tin');
    expect(await subscriber()).toBeNull();
    expect(last()).toContain('đã xóa');
    await say('/ngungtin');
    expect(last()).toContain('đã xóa');
  });

  it('is not tried again after a block, until they come back', async () => {
    await say('nhận tin');
    await say('1');
    await world.receive('42', { kind: 'unfollowed' });
    await world.handle('42');
    expect(await subscriber()).toMatchObject({ state: 'unreachable', unreachableWhy: 'blocked' });
    await say('/start');
    expect(await subscriber()).toMatchObject({ state: 'active', consent: { version: CONSENT_VERSION } });
  });

  it('never takes the place of a head, who gets the posts to forward', async () => {
    const relay = await world.app.destinations.upsert({
      ...{ kind: 'relay', chat, title: 'Ba', neighbourhood: 'khu-3', audience: null, state: 'active' },
    });
    await say('nhận tin');
    await say('1');
    expect(await subscriber()).toEqual(relay);
    await say('ngừng tin');
    expect(await subscriber()).toEqual(relay);
  });

  it('is told kindly on Zalo where posts come, and whom to ask', () => {
    const [words] = wordsOf(new Person({ platform: 'zalo' }).say('nhận tin'));
    expect(words).toContain('nhóm của tổ');
    expect(words).toContain('hỏi Tổ trưởng');
  });
});
