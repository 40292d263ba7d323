import { beforeEach, describe, expect, it } from 'vitest';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { watchNeighbourhoods } from '#src/app/duties/watch-neighbourhoods.ts';
import type { Destination } from '#src/domain/destination.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

let world: AppWorld;
const place = (id: string, over: Partial<Destination> = {}) =>
  world.app.destinations.upsert({
    ...{ id, kind: 'group', chat: world.chatOf(id), title: id, neighbourhood: 'khu-3' },
    ...{ audience: 'residents', state: 'active' },
    ...over,
  });
const lose = (...ids: readonly string[]) =>
  Promise.all(ids.map((id) => world.app.destinations.setState(id, 'unreachable', 'kicked')));
const look = async () => {
  await watchNeighbourhoods(world.app);
  await tickDuties(world.app);
};
const duties = () => world.app.duties.list();

beforeEach(async () => {
  world = await createAppWorld();
  await world.join('head', ['neighbourhood-head'], 'culture-information');
  await world.join('editor', ['editor'], 'culture-information');
  await place('g');
  await place('h', { kind: 'relay', audience: null });
});

describe('a khu phố whose every group and head is lost', () => {
  it('is one duty for the unit that writes the posts, told once, however often one looks', async () => {
    await lose('g', 'h');
    for (let n = 0; n < 3; n += 1) await look();
    expect((await duties()).map(({ id }) => id)).toEqual(['KP.khu-3.1']);
    expect(world.toldTo('editor')).toHaveLength(1);
    expect(world.toldTo('editor')[0]).toContain('Khu 3 mất liên lạc');
    expect(world.toldTo('head')).toEqual([]);
    world.time.nowMs += 30 * 86_400_000;
    await look();
    expect(world.toldTo('editor')).toHaveLength(1);
  });

  it('is told by day, not at night', async () => {
    world.time.nowMs = Date.parse('2024-03-18T22:00+07:00');
    await lose('g', 'h');
    await look();
    expect(world.toldTo('editor')).toEqual([]);
    world.time.nowMs = Date.parse('2024-03-19T09:00+07:00');
    await look();
    expect(world.toldTo('editor')).toHaveLength(1);
  });

  it('is closed by itself when one of them can be reached again, and opens anew when it is lost again', async () => {
    await lose('g', 'h');
    await look();
    await world.app.destinations.setState('h', 'active');
    await look();
    expect((await duties())[0]).toMatchObject({ id: 'KP.khu-3.1', state: 'done', nextAtMs: null });
    await lose('h');
    await look();
    expect((await duties()).map(({ id }) => id).sort()).toEqual(['KP.khu-3.1', 'KP.khu-3.2']);
    expect(world.toldTo('editor')).toHaveLength(2);
  });

  it('is not asked about again after somebody called the duty done, until it was reachable once', async () => {
    await lose('g', 'h');
    await look();
    const [duty] = await duties();
    if (!duty) throw new Error('no duty');
    await world.app.duties.save({ ...duty, state: 'done', nextAtMs: null, rev: duty.rev + 1 }, duty.rev);
    await look();
    expect(await duties()).toHaveLength(1);
    await world.app.destinations.setState('g', 'active');
    await look();
    await lose('g');
    await look();
    expect(await duties()).toHaveLength(2);
  });
});

describe('no duty is opened', () => {
  it('while one group or head is there, nor for a khu phố that never had any, nor for a group that only waits', async () => {
    await lose('g');
    await place('w', { neighbourhood: 'khu-4', state: 'waiting', audience: null });
    await look();
    expect(await duties()).toEqual([]);
  });
});
