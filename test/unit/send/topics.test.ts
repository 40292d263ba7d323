import { expect, it } from 'vitest';
import { createAppWorld } from '../app/app-world.ts';
import { createWorld, groupDestination, sendingRun } from './world.ts';

function forum() {
  const world = createWorld();
  world.runs.set('R', sendingRun('R'));
  world.destinations.set('g', groupDestination('g', { threadId: '17' }));
  return world;
}

it('puts a post into the topic that the admin chose', async () => {
  const world = forum();
  await world.add({
    id: 'R.g',
    runId: 'R',
    rendering: 'telegram',
    target: { kind: 'destination', destinationId: 'g' },
  });
  await world.send();
  expect(world.calls.map(({ message }) => message.threadId)).toEqual(['17']);
});

it('falls back to the general topic where the chosen one is gone, tells the admin, and asks no third time', async () => {
  for (const detail of ['topic_closed', 'message thread not found']) {
    const world = forum();
    world.script.outcome = (call) =>
      call.message.threadId === undefined
        ? { kind: 'sent', externalId: '1' }
        : { kind: 'rejected', cause: 'content', code: '400', detail };
    await world.add({
      id: 'R.g',
      runId: 'R',
      rendering: 'telegram',
      target: { kind: 'destination', destinationId: 'g' },
    });
    await world.send();
    expect(world.calls.map(({ message }) => message.threadId)).toEqual(['17', undefined]);
    expect(world.deliveries.one('R.g').state).toBe('sent');
    expect(world.alerts).toEqual(['topicLost']);
    expect(world.destinations.get('g')?.threadId).toBeUndefined();
  }
});

it('takes the topic from an admin who says "phát ở đây" inside it, and from nobody else', async () => {
  const world = await createAppWorld();
  const group = await world.app.destinations.upsert({
    ...{ kind: 'group', chat: world.chatOf('-100'), title: 'Khu 3', neighbourhood: 'khu-3' },
    ...{ audience: 'residents', state: 'active' },
  });
  const say = async (eventId: string, text: string) => {
    await world.app.inbox.add({
      ...{ platform: 'telegram', eventId, order: eventId, chat: { id: '-100', kind: 'group' } },
      ...{ sender: { id: '7', name: 'An' }, sentAtMs: 0, content: { kind: 'text', text }, threadId: '17' },
    });
    await world.handle('-100');
    return (await world.app.destinations.get(group.id))?.threadId;
  };
  expect(await say('t1', 'phát ở đây')).toBeUndefined();
  await world.join('7', ['admin'], 'office');
  expect(await say('t2', 'tin phát ở đây à')).toBeUndefined();
  expect(await say('t3', '@loa_bot Phát ở đây')).toBe('17');
  expect(world.toldTo('7').at(-1)).toContain('Khu 3');
});
