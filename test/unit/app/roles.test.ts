import { expect, it } from 'vitest';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { createAppWorld } from './app-world.ts';

it('lists the groups to an admin alone, also when the role went between the command and its effect', async () => {
  const world = await createAppWorld();
  await world.app.destinations.upsert({
    kind: 'group',
    chat: world.chatOf('-5'),
    title: 'Tổ 5 Khu 3',
    neighbourhood: null,
    audience: null,
    state: 'waiting',
  });
  await world.join('dung', ['handler'], 'office');
  await world.commit('dung', { kind: 'list-groups' });
  await runEffects(world.app, 'telegram:dung');
  expect(world.toldTo('dung').join()).not.toContain('Tổ 5');
});
