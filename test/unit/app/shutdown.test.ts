import { expect, it } from 'vitest';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import { createAppWorld } from './app-world.ts';

it('a process that shuts down stops between two messages and two effects, and what is left waits', async () => {
  const world = await createAppWorld();
  await world.receive('42', { kind: 'text', text: 'xin chào' });
  await world.receive('42', { kind: 'text', text: 'xem việc' });
  const stop = new AbortController();
  const conversations = {
    ...world.app.conversations,
    save: (...saved: Parameters<typeof world.app.conversations.save>) => {
      stop.abort();
      return world.app.conversations.save(...saved);
    },
  };
  await handleInbox({ ...world.app, conversations }, 'telegram:42', stop.signal);
  expect(world.rows).toEqual([]);
  await world.handle('42');
  expect(world.toldTo('42')).toHaveLength(2);
  expect(await world.waitingOf('42')).toEqual([]);
});
