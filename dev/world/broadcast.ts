import { orderRun } from '#src/app/broadcast/order-run.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import type { Stage } from './stage.ts';

/** A short post of the plan that goes to groups: one message a chat. */
const POST = 'TT-01-1';

/** A stage or a world: whatever has a sandbox and a ward in it. */
type Ward = Pick<Stage, 'sandbox' | 'runtime' | 'someone'>;

/** Makes groups with the bot in them, where the ward's posts go. */
export async function addTelegramGroups(
  { sandbox, runtime }: Ward,
  count: number,
  kind: 'group' | 'supergroup' = 'supergroup',
): Promise<readonly Destination[]> {
  const owner = sandbox.telegram.createPerson('Chủ nhóm');
  const made: Destination[] = [];
  for (let n = 1; n <= count; n += 1) {
    const title = `Khu ${n}`;
    const chatId = sandbox.telegram.createGroup(title, { kind });
    made.push(
      await runtime.core.store.destinations.upsert({
        kind: 'group',
        chat: { platform: 'telegram', chatId: String(chatId) },
        title,
        neighbourhood: null,
        audience: 'residents',
        state: 'active',
      }),
    );
    // Known before the bot hears of it: an unknown group would wait for an admin first.
    sandbox.telegram.addBot(chatId, owner);
  }
  return made;
}

/** Orders the post as the command line does, to go at once; a worker must be running for it to leave. */
export async function orderBroadcast(stage: Ward): Promise<string> {
  const { app, clock } = stage.runtime.core;
  const author = await memberWith(stage, 'editor');
  const approver = await memberWith(stage, 'approver');
  const nowMs = clock.nowMs();
  const order = { id: `R-${nowMs}`, postId: POST, authorId: author.id, approverId: approver.id };
  const ordered = await orderRun(app, { ...order, sendAtMs: nowMs });
  if (ordered.kind !== 'ordered') throw new Error(ordered.kind);
  return ordered.run.id;
}

/** A member of staff with an open chat on Telegram. */
async function memberWith(stage: Ward, role: Role): Promise<StaffMember> {
  const { store, clock } = stage.runtime.core;
  const person = stage.someone('telegram', role);
  person.open();
  const nowMs = clock.nowMs();
  const code = `code-${role}-${nowMs}`;
  const unitId = 'culture-information';
  await store.staff.invite(
    { name: role, address: 'anh', roles: [role], unitId, neighbourhood: null },
    code,
    nowMs + 60_000,
  );
  const joined = await store.staff.join(code, { platform: 'telegram', chatId: person.chatId }, nowMs);
  if (joined.kind !== 'joined') throw new Error(joined.kind);
  return joined.member;
}

/** How many messages of the bot a group holds. */
export function messagesIn({ sandbox }: Ward, group: Destination): number {
  return sandbox.telegram.messages(Number(group.chat.chatId)).filter((message) => message.fromBot).length;
}

/** Resolves when the run is closed. @throws when that takes longer than `timeoutMs` */
export async function untilDone({ runtime }: Ward, runId: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const run = await runtime.core.store.runs.get(runId);
    if (run?.state === 'done') return;
    if (performance.now() > deadline) throw new Error(`run ${runId} is ${run?.state} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
