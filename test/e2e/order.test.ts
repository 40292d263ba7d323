import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
});
afterAll(() => world.stop());

/** One person's form, each answer after its question; the words are theirs alone. */
async function fillForm(who: Someone, words: string, place: string): Promise<void> {
  who.say(words);
  await who.hear('Bước 1/2', 60_000);
  who.say(place);
  await who.hear('Bước 2/2', 60_000);
  who.say('0');
  const summary = await who.hear('xem lại giúp', 60_000);
  expect(summary).toContain(`“${words}”`);
  expect(summary).toContain(place);
  who.say('1');
  await who.hear('Phường đã nhận', 60_000);
}

const casesOf = (who: Someone) =>
  world.runtime.core.store.cases.ofResident({ platform: who.platform, chatId: who.chatId }, 10);

describe('two residents in the middle of a form, with 50 others writing', () => {
  it('each keep their own answers in their own order', async () => {
    const two = PLATFORMS.map((platform) => world.someone(platform, `Bà ${platform}`));
    const others = Array.from({ length: 50 }, (_, n) => world.someone('telegram', `Người ${n}`));
    for (const one of [...two, ...others]) one.open();
    await Promise.all([
      ...two.map((one) => fillForm(one, `Đèn đường hỏng của ${one.name}`, `Tổ 5 Khu 3 ${one.name}`)),
      ...others.map((one) => fillForm(one, `Rác chất đống của ${one.name}`, `Tổ 2 Khu 1 ${one.name}`)),
    ]);
    for (const one of [...two, ...others]) {
      const cases = await casesOf(one);
      expect(
        cases.map((found) => [found.text.endsWith(one.name), found.place.text?.endsWith(one.name)]),
      ).toEqual([[true, true]]);
    }
  });
});

describe.concurrent.each(PLATFORMS)('on %s', (platform) => {
  it('messages of one person sent in the same millisecond are handled one after the other, none forgotten', async () => {
    const { clock } = world.sandbox;
    const resident = world.someone(platform, 'Bà Năm');
    resident.open();
    await resident.hear('Kính chào ông/bà');
    resident.say('Đèn đường hỏng, Tổ 5 Khu 3');
    await resident.hear('Bước 2/2');
    resident.say('0');
    await resident.hear('xem lại giúp');
    const before = resident.heard().length;
    const added = ['Hỏng từ tối hôm qua', 'Trẻ con đi học tối lắm', 'Nhờ phường xem sớm'];
    clock.freeze();
    for (const words of added) resident.say(words);
    clock.unfreeze();
    while (resident.heard().length < before + added.length) await resident.hear('xem lại giúp');

    // Each answer knows exactly one message more than the one before: no two were handled at once.
    const counts = resident
      .heard()
      .slice(before)
      .map((text) => added.filter((words) => text.includes(words)).length);
    expect(counts).toEqual([1, 2, 3]);
    if (platform === 'zalo') return;
    // Telegram keeps their order; Zalo delivers side by side and promises none.
    expect(resident.heard().at(-1)).toContain(`Đèn đường hỏng, Tổ 5 Khu 3\n${added.join('\n')}`);
  });
});
