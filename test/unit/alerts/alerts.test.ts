import { beforeEach, expect, it } from 'vitest';
import { createAlerts } from '#src/app/alerts/create-alerts.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import { Person } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

let world: AppWorld;
const resume: Effect = { kind: 'resume-channel', platform: 'telegram' };
const pause = async () => {
  for (let n = 0; n < 5; n += 1) await world.app.channelHealth.configurationError('telegram', '401');
};
const act = async (chatId: string) => {
  await world.commit(chatId, resume);
  await runEffects(world.app, `telegram:${chatId}`);
};

beforeEach(async () => {
  world = await createAppWorld();
  await world.join('admin', ['admin'], 'office');
  await world.join('editor', ['editor'], 'office');
  await pause();
});

it('the alert of a paused channel carries the button that sets it going again, once an hour', async () => {
  const alerts = createAlerts(world.app);
  await alerts.raise('channelPaused', { channel: 'telegram', code: '401' });
  await alerts.raise('channelPaused', { channel: 'telegram', code: '401' });
  expect(world.toldTo('admin')).toHaveLength(1);
  expect(world.toldTo('admin')[0]).toContain('1 Cho chạy lại');
  expect(world.rows.at(-1)?.prompt?.subject).toEqual({ kind: 'paused-channel', platform: 'telegram' });
});

it('an alert about one group does not swallow the one about another in the same hour', async () => {
  const alerts = createAlerts(world.app);
  for (const title of ['Khu 3', 'Khu 4', 'Khu 4']) await alerts.raise('topicLost', { title }, title);
  expect(world.toldTo('admin')).toHaveLength(2);
  expect(world.toldTo('admin')[0]).toContain('“Khu 3”');
});

it('an admin lets the channel go on; nobody else does', async () => {
  await act('editor');
  expect(await world.app.channelHealth.isPaused('telegram')).toBe(true);
  await act('admin');
  expect(await world.app.channelHealth.isPaused('telegram')).toBe(false);
  expect(world.toldTo('admin').at(-1)).toContain('chạy lại rồi');
});

it('the button is answered kindly to who has lost the role', async () => {
  const [admin] = await world.app.staff.withRole('admin');
  const [editor] = await world.app.staff.withRole('editor');
  if (!admin || !editor) throw new Error('no staff');
  for (const [staff, kind] of [
    [admin, 'resume-channel'],
    [editor, 'say'],
  ] as const) {
    const person = new Person({ staff });
    person.conversation = {
      ...person.conversation,
      prompts: [
        {
          ...{ id: 'p', askedAtMs: person.nowMs, subject: { kind: 'paused-channel', platform: 'telegram' } },
          choices: [{ number: '1', value: 'resume', label: 'Cho chạy lại' }],
        },
      ],
    };
    expect(person.say('1').map((effect) => effect.kind)).toEqual([kind]);
  }
});
