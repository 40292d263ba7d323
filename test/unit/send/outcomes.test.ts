import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#src/domain/outbound.ts';
import { createWorld, deliveryRow, groupDestination } from './world.ts';

const toGroup = (destinationId: string) => ({ target: { kind: 'destination' as const, destinationId } });

/** One message to one group, answered by the outcomes in turn and `sent` after them. */
async function sendWith(...outcomes: readonly SendOutcome[]) {
  const world = createWorld();
  world.destinations.set('g', groupDestination('g'));
  await world.add(toGroup('g'));
  const left = [...outcomes];
  world.script.outcome = () => left.shift() ?? { kind: 'sent', externalId: 'x' };
  const report = await world.send();
  return { world, report, row: world.deliveries.one('d1') };
}

describe('sendDue: outcomes', () => {
  it('tries again what surely was not delivered, not before the time', async () => {
    const { world, report, row } = await sendWith({ kind: 'retry', why: 'network', afterMs: 3_000 });
    expect(row).toMatchObject({ state: 'pending', dueAtMs: world.state.nowMs + 3_000, attempts: 1 });
    expect(report).toEqual({ sent: 0, nextInMs: 3_000 });
    world.state.nowMs += 3_000;
    expect(await world.send()).toMatchObject({ sent: 1 });
  });

  it('makes everybody wait after a 429, also after Redis forgot', async () => {
    const { world, row } = await sendWith({ kind: 'retry', why: 'rate-limited', afterMs: 7_000 });
    expect(row.state).toBe('pending');
    expect(world.penalties).toContainEqual({ platform: 'telegram', chatId: '-g', afterMs: 7_000 });
    expect(world.stored).toContainEqual({ chatId: '-g', untilMs: world.state.realMs + 7_000 });
  });

  it('takes a second refused chat for the whole bot', async () => {
    const world = createWorld();
    await world.add({}, {});
    world.script.outcome = () => ({ kind: 'retry', why: 'rate-limited', afterMs: 7_000 });
    await world.send({ maxInFlight: 1 });
    expect(world.penalties.map((penalty) => penalty.chatId)).toEqual(['d1', null]);
  });

  it('takes a Zalo refusal for the whole account', async () => {
    const world = createWorld();
    await world.add({ platform: 'zalo', target: { kind: 'chat', chat: { platform: 'zalo', chatId: 'z' } } });
    world.script.outcome = () => ({ kind: 'retry', why: 'rate-limited', afterMs: 7_000 });
    await world.send({ platform: 'zalo' });
    expect(world.penalties).toEqual([{ platform: 'zalo', chatId: null, afterMs: 7_000 }]);
  });

  it('moves the destination with a group that became a supergroup and sends again at once', async () => {
    const { world, row } = await sendWith({ kind: 'moved', toChatId: '-100g' });
    expect(row.state).toBe('sent');
    expect(world.calls.map((call) => call.chat.chatId)).toEqual(['-g', '-100g']);
    expect(world.destinations.get('g')?.chat.chatId).toBe('-100g');
  });

  it('follows a moved chat that is no destination, within the same row', async () => {
    const world = createWorld();
    await world.deliveries.insert([deliveryRow('-7')]);
    world.script.outcome = (call) =>
      call.chat.chatId === '-7' ? { kind: 'moved', toChatId: '-1007' } : { kind: 'sent', externalId: 'x' };
    expect(await world.send()).toMatchObject({ sent: 1 });
    expect(world.taken).toHaveLength(2);
  });

  it('leaves an unknown delivery to a person', async () => {
    const { world, report, row } = await sendWith({ kind: 'unknown', why: 'timeout' });
    expect(row).toMatchObject({ state: 'unknown', detail: 'timeout' });
    expect(report).toEqual({ sent: 0, nextInMs: null });
    expect(world.calls).toHaveLength(1);
  });

  it('stops writing to a recipient who is gone', async () => {
    const { world, row } = await sendWith({ kind: 'recipient-gone', why: 'kicked' });
    expect(row).toMatchObject({ state: 'gone', detail: 'kicked' });
    expect(world.destinations.get('g')).toMatchObject({ state: 'unreachable', unreachableWhy: 'kicked' });
    await world.deliveries.insert([deliveryRow('later', toGroup('g'))]);
    await world.send();
    expect(world.deliveries.one('later').state).toBe('gone');
    expect(world.calls).toHaveLength(1);
  });

  it('does not lose a recipient whose window closed', async () => {
    const { world, row } = await sendWith({ kind: 'recipient-gone', why: 'window-closed' });
    expect(row.state).toBe('gone');
    expect(world.destinations.get('g')?.state).toBe('active');
  });

  it('sets a message aside whose content is refused', async () => {
    const { world, row } = await sendWith({
      kind: 'rejected',
      cause: 'content',
      code: '400',
      detail: 'long',
    });
    expect(row).toMatchObject({ state: 'rejected', detail: 'content:400' });
    expect(world.state.errorsInARow).toBe(0);
  });

  it('pauses the channel after five configuration errors, tells the admin once and loses nothing', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 20 }, () => ({})));
    world.script.outcome = () => ({ kind: 'rejected', cause: 'configuration', code: '401', detail: '' });
    expect(await world.send({ maxInFlight: 1 })).toEqual({ sent: 0, nextInMs: null });
    expect(world.calls).toHaveLength(5);
    expect(world.alerts).toEqual(['channelPaused']);
    expect(new Set(Object.values(world.deliveries.states()))).toEqual(new Set(['pending']));
    world.state.nowMs += 100_000;
    await world.send();
    expect(world.calls).toHaveLength(5);
    world.state.paused = false;
    world.script.outcome = () => ({ kind: 'sent', externalId: 'x' });
    expect(await world.send()).toMatchObject({ sent: 20 });
  });

  it('rests the lane while the network is down instead of walking through every row', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 300 }, () => ({})));
    world.script.outcome = () => ({ kind: 'retry', why: 'network', afterMs: 4_000 });
    const report = await world.send({ maxInFlight: 4 });
    expect(report.nextInMs).toBe(4_000);
    expect(world.calls.length).toBeLessThan(12);
  });
});
