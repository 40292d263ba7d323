import { describe, expect, it } from 'vitest';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import { listStuck, putBackStuck } from '#src/app/inbound/put-back-stuck.ts';
import { createAppWorld } from './app-world.ts';

const redisIsAway = () => Promise.reject(new Error('redis is not ready'));

describe('the inbox without Redis', () => {
  it('handles a call to the ward in a group once, and does not set it aside for want of a wake', async () => {
    const world = await createAppWorld();
    world.wake.lane = redisIsAway;
    await world.receive('-5', { kind: 'text', text: '#phananh đèn hỏng' }, 'group');
    await world.handle('-5');
    expect(world.toldTo('-5')).toHaveLength(1);
    expect(await world.app.inbox.next('telegram:-5')).toBeNull();
    expect(world.alerts).toEqual([]);
  });

  it('sets a message aside and tells the person, although nothing can be woken', async () => {
    const world = await createAppWorld();
    world.wake.lane = redisIsAway;
    await world.receive('42', { kind: 'text', text: 'xin chào' });
    const broken = { ...world.app, conversations: { ...world.app.conversations, save: redisIsAway } };
    for (let attempt = 1; attempt < 5; attempt += 1)
      await expect(handleInbox(broken, 'telegram:42')).rejects.toThrow('redis');
    await handleInbox(broken, 'telegram:42');
    expect(world.toldTo('42')[0]).toContain('không mất');
    expect(world.alerts.map(({ kind }) => kind)).toEqual(['inboxPoisoned']);
  });

  it('tries a message that was put back once more, and sets it aside again at its next failure', async () => {
    const world = await createAppWorld();
    await world.receive('42', { kind: 'text', text: 'xin chào' });
    const save = () => Promise.reject(new Error('a bug'));
    const broken = { ...world.app, conversations: { ...world.app.conversations, save } };
    for (let attempt = 1; attempt <= 5; attempt += 1)
      await handleInbox(broken, 'telegram:42').catch(() => undefined);
    expect(await putBackStuck(world.app, 'telegram:e1')).toBe(true);
    await handleInbox(broken, 'telegram:42');
    expect(await listStuck(world.app)).toMatchObject([{ id: 'telegram:e1', attempts: 6 }]);
    expect(world.toldTo('42')).toHaveLength(1);
    expect(await putBackStuck(world.app, 'telegram:e1')).toBe(true);
    await world.handle('42');
    expect(await listStuck(world.app)).toEqual([]);
    expect(world.toldTo('42')).toHaveLength(2);
  });

  it('says that a message was set aside before it is: a crash between the two says it again', async () => {
    const world = await createAppWorld();
    await world.receive('42', { kind: 'text', text: 'xin chào' });
    let dies = false;
    const broken = {
      ...world.app,
      conversations: { ...world.app.conversations, save: () => Promise.reject(new Error('a bug')) },
      deliveries: {
        ...world.app.deliveries,
        insert: (rows: Parameters<typeof world.app.deliveries.insert>[0]) =>
          dies ? Promise.reject(new Error('killed')) : world.app.deliveries.insert(rows),
      },
    };
    for (let attempt = 1; attempt < 5; attempt += 1)
      await expect(handleInbox(broken, 'telegram:42')).rejects.toThrow('a bug');
    dies = true;
    await expect(handleInbox(broken, 'telegram:42')).rejects.toThrow('killed');
    dies = false;
    await handleInbox(broken, 'telegram:42');
    expect(world.toldTo('42')[0]).toContain('không mất');
  });

  it('lets messages wait for the plan, however often they are tried before it is imported', async () => {
    const world = await createAppWorld();
    await world.receive('42', { kind: 'text', text: 'đèn đường hỏng' });
    const planless = { ...world.app, plans: { ...world.app.plans, current: () => Promise.resolve(null) } };
    for (let attempt = 1; attempt <= 20; attempt += 1)
      await expect(handleInbox(planless, 'telegram:42')).rejects.toThrow('plan');
    await world.handle('42');
    expect(world.toldTo('42').at(-1)).toContain('Bước 1/2');
    expect(world.alerts).toEqual([]);
  });
});

describe('the effects of a message', () => {
  it('run while the message is put away: whoever wrote does not wait for that', async () => {
    const world = await createAppWorld();
    await world.receive('42', { kind: 'text', text: 'xin chào' });
    const putAway = Promise.withResolvers<undefined>();
    const answered = Promise.withResolvers<undefined>();
    const app = {
      ...world.app,
      inbox: {
        ...world.app.inbox,
        done: (id: string) => putAway.promise.then(() => world.app.inbox.done(id)),
      },
      wake: {
        ...world.app.wake,
        lane: () => {
          answered.resolve(undefined);
          return Promise.resolve();
        },
      },
    };
    const handling = handleInbox(app, 'telegram:42');
    await answered.promise;
    expect(world.toldTo('42')).toHaveLength(1);
    putAway.resolve(undefined);
    await handling;
    expect(await world.app.inbox.next('telegram:42')).toBeNull();
    expect(world.toldTo('42')).toHaveLength(1);
  });

  it('that fail are no failure of the message: the chat is worked off, in order, and then it is told', async () => {
    const world = await createAppWorld();
    await world.receive('42', { kind: 'text', text: 'xin chào' });
    await world.receive('42', { kind: 'text', text: 'menu' });
    let isAway = true;
    const app = {
      ...world.app,
      deliveries: {
        ...world.app.deliveries,
        insert: (rows: Parameters<typeof world.app.deliveries.insert>[0]) =>
          isAway ? Promise.reject(new Error('away')) : world.app.deliveries.insert(rows),
      },
    };
    await expect(handleInbox(app, 'telegram:42')).rejects.toThrow('away');
    expect(await world.app.inbox.next('telegram:42')).toBeNull();
    expect(world.alerts).toEqual([]);
    isAway = false;
    await handleInbox(app, 'telegram:42');
    expect(world.toldTo('42')).toHaveLength(2);
    expect(await world.waitingOf('42')).toEqual([]);
  });
});
