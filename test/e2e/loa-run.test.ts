import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTelegramGroups, messagesIn, orderBroadcast } from '#dev/world/broadcast.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import type { Destination } from '#src/domain/destination.ts';
import {
  answered,
  anything,
  type Environment,
  environmentOf,
  refused,
  startLoa,
} from '#test/support/command-line.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
let environment: Environment;
let groups: readonly Destination[];

beforeAll(async () => {
  world = await startWorld({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    platforms: ['telegram'],
  });
  environment = environmentOf(world);
  groups = await addTelegramGroups(world, 3);
});
afterAll(() => world.stop());

describe('a run held from the command line', () => {
  it('stands still until it may go on; a watcher sees it to its end, line by line', async () => {
    const { store } = world.runtime.core;
    const runId = await orderBroadcast(world);
    const run = await store.runs.get(runId);
    const by = ['--by', run?.authorId ?? '', '--reason', 'bão'];
    expect(await answered(anything, environment, 'run', 'pause', runId, ...by)).toMatchObject({
      state: 'paused',
    });
    expect(
      await refused(environment, 'run', 'pause', runId, '--by', 'nobody', '--reason', 'x'),
    ).toMatchObject({
      reason: 'unknown-staff',
    });
    const sentBefore = groups.map((group) => messagesIn(world, group));
    const watching = startLoa(environment, 'run', 'show', runId, '--watch', '--json');
    await watching.speaks;
    const { signal } = new AbortController();
    await world.runtime.jobPorts.advanceRuns(signal);
    await world.runtime.jobPorts.sendDue('telegram', 'broadcast', signal);
    expect(groups.map((group) => messagesIn(world, group))).toEqual(sentBefore);
    await answered(anything, environment, 'run', 'resume', runId, ...by);
    const { code, stdout } = await watching.ended;
    const looks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly state: string; readonly sent: number });
    expect(code).toBe(0);
    expect(looks[0]?.state).toBe('paused');
    expect(looks.at(-1)).toMatchObject({ state: 'done', sent: 3, channels: { telegram: { sent: 3 } } });
    for (const group of groups) expect(messagesIn(world, group)).toBe(1);
    expect(await refused(environment, 'run', 'cancel', runId, ...by)).toMatchObject({ reason: 'too-late' });
  });

  it('has its unknown rows listed and settled', async () => {
    const { store } = world.runtime.core;
    const [run] = await store.runs.latest(['done'], 1);
    const [row] = await store.deliveries.pageOfRun(run?.id ?? '', '', 1);
    await store.deliveries.change(row?.id ?? '', ['sent'], { state: 'unknown' });
    expect(await answered(anything, environment, 'run', 'show', run?.id ?? '', '--unknown')).toMatchObject({
      unknown: [{ delivery: row?.id, channel: 'telegram', place: expect.stringContaining('Khu') as string }],
    });
    const settle = ['run', 'settle', row?.id ?? '', '--by', run?.authorId ?? ''];
    expect(await refused(environment, ...settle)).toMatchObject({ reason: 'which' });
    expect(await answered(anything, environment, ...settle, '--seen')).toMatchObject({ state: 'sent' });
    expect(await refused(environment, ...settle, '--again')).toMatchObject({ reason: 'not-unknown' });
  });
});
