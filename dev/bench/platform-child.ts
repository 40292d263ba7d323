import { type Sandbox, startSandbox, type TelegramOptions } from '#dev/sandbox/index.ts';
import type { Order, ServerRecord } from './platform-orders.ts';
import { recordOf } from './server-record.ts';

/** The sandbox in a process of its own, so that measuring it disturbs nobody: carries out one order a message. */

const rules = JSON.parse(process.argv[2] ?? '{}') as NonNullable<TelegramOptions['rules']>;
const sandbox = await startSandbox({ telegram: { rules } });

/** Makes groups in which the bot already is; answers their chat ids. */
function addGroups({ telegram }: Sandbox, count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) =>
    telegram.createGroup(`Khu ${String(n + 1)}`, { kind: 'supergroup', hasBot: true }),
  );
}

function addPeople({ telegram }: Sandbox, count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => {
    const person = telegram.createPerson(`Ông ${String(n + 1)}`);
    return telegram.openPrivate(person);
  });
}

function cutAnswers({ faults }: Sandbox, chatIds: readonly number[]): void {
  for (const chatId of chatIds) {
    faults.add({ platform: 'telegram', method: 'sendMessage', chatId, action: { kind: 'cut-after' } });
  }
}

function say({ telegram, people }: Sandbox, chatId: number, text: string): void {
  const person = people.all().find((one) => telegram.userId(one) === chatId);
  if (person) telegram.say(person, chatId, text);
}

let seen = 0;
let sentCount = 0;

/** Looks at each entry once: this is asked many times while a hundred thousand are written. */
function sent(): number {
  for (const entry of sandbox.journal.entries().slice(seen)) {
    seen += 1;
    if (entry.kind === 'call' && entry.method === 'sendMessage' && entry.ok) sentCount += 1;
  }
  return sentCount;
}

function carryOut(order: Order): unknown {
  switch (order.kind) {
    case 'add-groups':
      return addGroups(sandbox, order.count);
    case 'add-people':
      return addPeople(sandbox, order.count);
    case 'cut-answers':
      cutAnswers(sandbox, order.chatIds);
      return null;
    case 'say':
      say(sandbox, order.chatId, order.text);
      return null;
    case 'calls':
      return sent();
    case 'record':
      return recordOf(sandbox.journal.entries(), order.chatIds) satisfies ServerRecord;
    case 'forget':
      sandbox.journal.clear();
      seen = 0;
      sentCount = 0;
      return null;
  }
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  process.send?.({ id, answer: carryOut(order) });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, answer: { rootUrl: sandbox.rootUrl, token: sandbox.telegram.token } });
