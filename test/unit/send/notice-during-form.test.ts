import type { FlowState } from '#src/domain/conversation/flow-state.ts';
import { expect, it } from 'vitest';
import { newConversation } from '#src/domain/conversation/step.ts';
import { createWorld } from './world.ts';

const chat = { platform: 'telegram' as const, chatId: '7' };
const prompt = { id: 'p', subject: { kind: 'menu' as const }, choices: [] };
const flow: FlowState = {
  name: 'resident-words',
  version: 1,
  step: 'words',
  caseId: 'c',
  purpose: 'add',
  words: '',
  files: [],
};

function worldWithForm() {
  const world = createWorld();
  world.conversations.set('telegram:7', { ...newConversation(chat, world.state.nowMs), rev: 1, flow });
  return world;
}

it('a notice with a question waits while a form is being filled in, so that no number goes astray', async () => {
  const world = worldWithForm();
  await world.add({ lane: 'reminder', target: { kind: 'chat', chat }, prompt });
  expect(await world.send({ lane: 'reminder' })).toMatchObject({ sent: 0, nextInMs: 5_000 });
  expect(world.calls).toHaveLength(0);
  const current = world.conversations.get('telegram:7');
  if (current) world.conversations.set('telegram:7', { ...current, flow: null });
  world.state.nowMs += 5_000;
  expect(await world.send({ lane: 'reminder' })).toMatchObject({ sent: 1 });
});

it('a form that was left lying keeps no notice waiting for long', async () => {
  const world = worldWithForm();
  await world.add({ lane: 'reminder', target: { kind: 'chat', chat }, prompt });
  world.state.nowMs += 3 * 60_000;
  expect(await world.send({ lane: 'reminder' })).toMatchObject({ sent: 1 });
});

it('an answer to the person themselves never waits', async () => {
  const world = worldWithForm();
  await world.add({ lane: 'reply', target: { kind: 'chat', chat }, prompt });
  expect(await world.send({ lane: 'reply' })).toMatchObject({ sent: 1 });
});
