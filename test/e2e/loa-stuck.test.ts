import { MongoClient } from 'mongodb';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startProcess, untilWell } from '#dev/world/process.ts';
import { setStage } from '#dev/world/stage.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { anything, answered, loa, refused } from '#test/support/command-line.ts';
import { freshDatabaseUri, redisDatabase } from '#test/support/services.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listed = z.strictObject({
  ok: z.literal(true),
  stuck: z.array(
    z.strictObject({
      id: z.string(),
      platform: z.enum(['telegram', 'zalo']),
      what: z.string(),
      since: z.iso.datetime({ offset: true }),
      failures: z.number(),
    }),
  ),
});

it('what was set aside is listed by id, tried once more on command, and set aside again or answered', async () => {
  const stage = await setStage({ mongodbUri: freshDatabaseUri(), redisUrl: redisDatabase(31) });
  closing.push(() => stage.close());
  const { environment } = stage;
  const { inbox, conversations } = stage.runtime.core.store;
  // On Zalo nothing reaches the bot here, since it gives no webhook: all that comes of her is what is put in by hand.
  const tu = stage.someone('zalo', 'Bà Tư');
  const nam = stage.someone('telegram', 'Ông Năm');
  tu.open();
  nam.open();
  const client = await MongoClient.connect(stage.config.mongodbUri);
  closing.push(() => client.close());
  const rows = client.db().collection<{ _id: string }>('conversations');

  // A message that cannot be handled, since what is stored of its chat cannot be read; an effect whose trouble is over.
  await inbox.add({
    platform: 'zalo',
    eventId: 'stuck',
    order: '0001',
    chat: { id: tu.chatId, kind: 'private' },
    sender: { id: tu.chatId, name: tu.name },
    sentAtMs: Date.now(),
    content: { kind: 'text', text: 'Đèn đường hỏng' },
  });
  for (let failure = 1; failure <= 5; failure += 1) await inbox.failed('zalo:stuck', 5, Date.now());
  const ofTu = newConversation({ platform: 'zalo', chatId: tu.chatId }, 0);
  const ofNam = newConversation({ platform: 'telegram', chatId: nam.chatId }, 0);
  await conversations.save({ ...ofTu, rev: 1 }, 0);
  await rows.updateOne({ _id: ofTu.key }, { $set: { updatedAtMs: 'broken' } });
  const effect = { id: `${ofNam.key}.1.0`, effect: { kind: 'list-cases' } } as const;
  await conversations.save({ ...ofNam, rev: 1, effects: [effect] }, 0);
  await conversations.effectSetAside(ofNam.key, effect.id, Date.now());

  const message = { id: 'zalo:stuck', platform: 'zalo', what: 'message' };
  const before = await answered(listed, environment, 'stuck', 'list');
  expect(before.stuck).toMatchObject([
    { ...message, failures: 5 },
    { id: effect.id, what: 'list-cases', failures: 0 },
  ]);
  expect((await loa(environment, 'stuck', 'list')).stdout).not.toContain('Đèn');
  expect(await refused(environment, 'stuck', 'retry', 'no-such')).toMatchObject({ reason: 'not-stuck' });
  expect(await answered(anything, environment, 'stuck', 'retry', message.id)).toMatchObject({
    putBack: [message.id],
  });

  const bot = startProcess('main', environment);
  closing.push(() => bot.kill());
  await untilWell(stage.botUrl);
  await expect
    .poll(() => inbox.setAside(10), { timeout: 20_000 })
    .toMatchObject([{ id: message.id, attempts: 6 }]);

  await rows.updateOne({ _id: ofTu.key }, { $set: { updatedAtMs: 0 } });
  expect((await loa(environment, 'stuck', 'retry', '--all')).stdout).toMatch(/^2 are put back/u);
  await tu.hear('Bước 1/2', 30_000);
  await nam.hear('chưa', 30_000);
  expect((await loa(environment, 'stuck', 'list')).stdout).toBe('nothing is set aside\n');
});
