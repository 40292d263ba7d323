import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, SendOutcome } from '#src/domain/outbound.ts';
import { renderingOf } from '#test/support/rendering.ts';
import { createWorld, groupDestination, sendingRun, type World } from './world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
  world.destinations.set('g', groupDestination('g'));
  const telegram = renderingOf('RIGHT one', 'two');
  const { renderings } = sendingRun('C');
  world.runs.set('C', sendingRun('C', { renderings: { ...renderings, telegram } }));
});

const toTheGroup = {
  runId: 'C',
  rendering: 'telegram',
  target: { kind: 'destination', destinationId: 'g' },
} as const;

const addEdit = (change: Partial<Delivery> = {}) =>
  world.add({
    ...toTheGroup,
    edits: ['m1', 'm2'],
    sentTo: '-g',
    ...change,
  });

const row = (): Delivery => world.deliveries.one('d1');

/** What reached the platform: which message was edited, or "new". */
const made = () => world.calls.map((call) => [call.editId ?? 'new', call.message.text]);

const answerWith = (...outcomes: readonly SendOutcome[]): void => {
  const left = [...outcomes];
  world.script.outcome = () => left.shift() ?? { kind: 'sent', externalId: 'new-id' };
};

const notFound: SendOutcome = {
  kind: 'rejected',
  cause: 'content',
  code: '400',
  detail: 'message to edit not found',
};

describe('a row that edits', () => {
  it('puts each part into the message of its place', async () => {
    await addEdit();
    await world.send();
    expect(made()).toEqual([
      ['m1', 'RIGHT one'],
      ['m2', 'two'],
    ]);
    expect(row()).toMatchObject({ state: 'sent', sentParts: ['m1', 'm2'] });
  });

  it('sends as new messages what has no old one to go into', async () => {
    await addEdit({ edits: ['m1'] });
    await world.send();
    expect(made()).toEqual([
      ['m1', 'RIGHT one'],
      ['new', 'two'],
    ]);
    expect(row()).toMatchObject({ state: 'sent', sentParts: ['m1', 'x2'] });
    expect(row().edits).toBeUndefined();
  });

  it('leaves none of the old words where there were more messages', async () => {
    await addEdit({ edits: ['m1', 'm2', 'm3'] });
    await world.send();
    expect(made().at(-1)).toEqual(['m3', 'RIGHT one']);
    expect(row().state).toBe('sent');
  });

  it('is repeated by itself when nobody knows whether an edit arrived, since twice is harmless', async () => {
    await addEdit();
    answerWith({ kind: 'unknown', why: 'timeout' });
    await world.send();
    expect(row()).toMatchObject({ state: 'pending', sentParts: [], edits: ['m1', 'm2'] });
    world.state.nowMs += 10_000;
    await world.send();
    expect(made().map(([id]) => id)).toEqual(['m1', 'm1', 'm2']);
    expect(row().state).toBe('sent');
  });

  it('is left to a person when the answers go on being lost', async () => {
    await addEdit({ attempts: 20 });
    answerWith({ kind: 'unknown', why: 'timeout' });
    await world.send();
    expect(row().state).toBe('unknown');
  });

  it('goes back to its turn after a crash in the middle of the call, where a send becomes unknown', async () => {
    await addEdit();
    await world.deliveries.lease({
      platform: 'telegram',
      lane: 'broadcast',
      nowMs: world.state.nowMs,
      limit: 5,
      token: 'dead',
      realNowMs: world.state.realMs,
      leaseMs: 60_000,
    });
    await world.deliveries.markSending(['d1'], 'dead');
    world.state.realMs += 120_000;
    expect(await world.deliveries.recover(world.state.realMs, 90_000)).toEqual({ returned: 1, unknown: 0 });
  });

  it('posts where the edit is refused, and stores that before it sends', async () => {
    await addEdit();
    let storedBefore: readonly string[] | undefined = ['never'];
    world.script.outcome = (call) => {
      if (call.editId !== undefined) return notFound;
      if (storedBefore?.[0] === 'never') storedBefore = row().edits;
      return { kind: 'sent', externalId: `n${String(world.calls.length)}` };
    };
    await world.send();
    expect(made()).toEqual([
      ['m1', 'RIGHT one'],
      ['new', 'RIGHT one'],
      ['new', 'two'],
    ]);
    expect(storedBefore).toBeUndefined();
    expect(row()).toMatchObject({ state: 'sent', sentParts: ['n2', 'n3'] });
  });

  it('never repeats by itself the new message that took the place of a refused edit', async () => {
    await addEdit();
    answerWith(notFound, { kind: 'unknown', why: 'timeout' });
    await world.send();
    world.state.nowMs += 60_000;
    await world.send();
    expect(world.calls).toHaveLength(2);
    expect(row().state).toBe('unknown');
  });

  it('edits nothing in a supergroup under ids of the group that it was: it posts there', async () => {
    await addEdit();
    world.destinations.set('g', groupDestination('g', { chat: { platform: 'telegram', chatId: '-100g' } }));
    await world.send();
    expect(world.calls.map((call) => [call.chat.chatId, call.editId ?? 'new'])).toEqual([
      ['-100g', 'new'],
      ['-100g', 'new'],
    ]);
    expect(row()).toMatchObject({ state: 'sent', sentTo: '-100g' });
  });

  it('posts into the supergroup of which it hears by its own edit', async () => {
    await addEdit();
    answerWith({ kind: 'moved', toChatId: '-100g' });
    await world.send();
    expect(world.calls.map((call) => [call.chat.chatId, call.editId ?? 'new'])).toEqual([
      ['-g', 'm1'],
      ['-100g', 'new'],
      ['-100g', 'new'],
    ]);
  });

  it('takes a slot of the budget for each edit', async () => {
    await addEdit();
    await world.send();
    expect(world.taken).toHaveLength(2);
  });
});

describe('a row that was sent', () => {
  it('remembers the chat in which its messages lie', async () => {
    await world.add(toTheGroup);
    await world.send();
    expect(row()).toMatchObject({ state: 'sent', sentTo: '-g' });
  });
});
