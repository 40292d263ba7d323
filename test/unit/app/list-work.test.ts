import { expect, it } from 'vitest';
import { createCase } from '#src/app/cases/create-case.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { openPrompt } from '#src/app/send/open-prompt.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { createAppWorld } from './app-world.ts';

const draft = { text: 'Đèn hỏng', placeText: 'Khu 3', location: null, files: [], phone: null };

it('opens any of the cases by its number, also those whose cards a chat of ten open questions has forgotten', async () => {
  const world = await createAppWorld();
  await world.join('dung', ['handler'], 'urban-environment');
  const chat = world.chatOf('dung');
  const ids: string[] = [];
  for (let number = 1; number <= 12; number += 1) {
    const id = `telegram:r.${String(number)}.0`;
    const conversation = newConversation(world.chatOf('r'), world.time.nowMs);
    await createCase(world.app, { id, conversation }, { ...draft, categoryId: 'street-light' });
    ids.push(id);
    world.time.nowMs += 60_000;
  }
  for (const { prompt } of world.rows) if (prompt) await openPrompt(world.app, chat, prompt, true);
  const shown = world.rows.length;
  await world.commit('dung', { kind: 'list-work' });
  await runEffects(world.app, 'telegram:dung');
  const [list] = world.rows.slice(shown);
  expect(list?.message?.text).toContain('Của bộ phận');
  expect(list?.prompt?.subject).toEqual({ kind: 'work-list' });
  expect(list?.prompt?.choices.map(({ value }) => value)).toEqual(ids);
  expect(list?.prompt?.choices.map(({ number }) => number)).not.toContain('9');
});
