import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#src/domain/outbound.ts';
import { createWorld } from './world.ts';

const toChat = (chatId: string) => ({
  target: { kind: 'chat' as const, chat: { platform: 'telegram' as const, chatId } },
});

describe('sendDue: replies', () => {
  it('does not let one that comes now wait until the one before it is through', async () => {
    const world = createWorld();
    const first = Promise.withResolvers<SendOutcome>();
    const second = Promise.withResolvers<undefined>();
    world.script.outcome = (call) => {
      if (call.chat.chatId === '1') return first.promise;
      second.resolve(undefined);
      return { kind: 'sent', externalId: 'b' };
    };
    await world.add({ lane: 'reply', ...toChat('1') });
    const sending = world.send({ lane: 'reply' });
    await world.add({ id: 'later', lane: 'reply', ...toChat('2') });
    await second.promise;
    first.resolve({ kind: 'sent', externalId: 'a' });
    expect(await sending).toMatchObject({ sent: 2 });
  });

  it('gives back at once what it has leased for a channel that turns out to be paused', async () => {
    const world = createWorld();
    await world.add({ lane: 'reply', ...toChat('1') });
    world.state.paused = true;
    expect(await world.send({ lane: 'reply' })).toEqual({ sent: 0, nextInMs: null });
    expect(Object.values(world.deliveries.states())).toEqual(['pending']);
    world.state.paused = false;
    expect(await world.send({ lane: 'reply' })).toMatchObject({ sent: 1 });
  });
});
