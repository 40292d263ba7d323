import { describe, expect, it } from 'vitest';
import { createWorld } from './world.ts';

describe('sendDue, when the database or Redis breaks under it', () => {
  it('never repeats a call whose outcome was not stored: the row becomes unknown', async () => {
    const world = createWorld();
    await world.add({});
    const settle = world.deliveries.settle.bind(world.deliveries);
    world.deliveries.settle = () => Promise.reject(new Error('database gone'));
    await expect(world.send()).rejects.toThrow('database gone');
    world.deliveries.settle = settle;
    world.state.realMs += 200_000;
    await world.deliveries.recover(world.state.realMs, 60_000);
    expect(await world.send()).toMatchObject({ sent: 0 });
    expect(world.deliveries.one('d1').state).toBe('unknown');
    expect(world.calls).toHaveLength(1);
  });

  it('still writes down what came of a call when the database was away for half a minute', async () => {
    const world = createWorld();
    await world.add({}, {});
    const settle = world.deliveries.settle.bind(world.deliveries);
    const backAtMs = world.state.realMs + 30_000;
    world.deliveries.settle = (results, token) =>
      world.state.realMs < backAtMs ? Promise.reject(new Error('database away')) : settle(results, token);
    expect(await world.send()).toMatchObject({ sent: 2 });
    expect(world.calls).toHaveLength(2);
    expect(new Set(Object.values(world.deliveries.states()))).toEqual(new Set(['sent']));
  });

  it('gives back a row for which no slot could be asked, so that it need not wait for the end of its lease', async () => {
    const world = createWorld();
    world.script.budget = () => {
      throw new Error('redis is silent');
    };
    await world.add({}, {}, {});
    await expect(world.send({ maxInFlight: 2 })).rejects.toThrow('redis is silent');
    expect(new Set(Object.values(world.deliveries.states()))).toEqual(new Set(['pending']));
  });

  it('gives back a row that was written down and not yet called', async () => {
    const world = createWorld();
    const markSending = world.deliveries.markSending.bind(world.deliveries);
    world.deliveries.markSending = async (ids, token) => {
      await markSending(ids, token);
      throw new Error('the answer got lost');
    };
    await world.add({});
    await expect(world.send()).rejects.toThrow('the answer got lost');
    expect(world.calls).toHaveLength(0);
    expect(world.deliveries.one('d1').state).toBe('pending');
  });
});
