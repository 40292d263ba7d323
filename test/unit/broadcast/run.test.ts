import { beforeEach, describe, expect, it } from 'vitest';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { markRelayed } from '#src/app/broadcast/mark-reported.ts';
import { settleUnknown } from '#src/app/broadcast/settle-unknown.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { groupDestination, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;
const waiting = () => sendingRun('R', { state: 'scheduled', startedAtMs: null, sendAtMs: world.state.nowMs });

beforeEach(() => {
  world = createBroadcastWorld();
  world.join('author', 'editor');
  world.join('head', 'neighbourhood-head');
  world.join('operator', 'loudspeaker-operator');
  world.runs.set('R', waiting());
  for (const id of ['g1', 'g2', 'g3']) world.destinations.set(id, groupDestination(id));
  world.destinations.set('zg', groupDestination('zg', { chat: { platform: 'zalo', chatId: 'zg' } }));
  const telegram = (chatId: string) => ({ platform: 'telegram' as const, chatId });
  world.destinations.set(
    'h',
    groupDestination('h', { kind: 'relay', staffId: 'head', chat: telegram('head') }),
  );
  world.destinations.set(
    'l',
    groupDestination('l', { kind: 'loudspeaker', staffId: 'operator', chat: telegram('operator') }),
  );
  world.destinations.set('w', groupDestination('w', { state: 'waiting' }));
});

const renderings = () =>
  Object.fromEntries(
    [...world.deliveries.rows.values()]
      .filter((row) => row.delivery.runId === 'R')
      .map(({ delivery }) => [delivery.id, `${delivery.platform} ${delivery.rendering ?? ''}`]),
  );

describe('fan-out', () => {
  it('makes one row an active destination, one a day for a loudspeaker, in the form that it needs', async () => {
    expect(await startDueRuns(world.ports)).toBe(1);
    expect(renderings()).toEqual({
      'R.g1': 'telegram telegram',
      'R.g2': 'telegram telegram',
      'R.g3': 'telegram telegram',
      'R.zg': 'zalo zalo',
      'R.h': 'telegram relay',
      ...Object.fromEntries(
        ['19700101', '19700102', '19700103'].flatMap((day) => [
          [`R.l.${day}`, 'telegram loudspeaker'],
          [`R.l.${day}.again`, 'telegram loudspeaker-again'],
        ]),
      ),
    });
    expect(world.deliveries.one('R.h').prompt?.subject).toEqual({ kind: 'relay', deliveryId: 'R.h' });
  });

  it('makes the same rows when it is broken off and run again, by two at once', async () => {
    const insert = world.deliveries.insert.bind(world.deliveries);
    world.deliveries.insert = async (rows) => {
      await insert(rows.slice(0, 2));
      throw new Error('crash');
    };
    await expect(startDueRuns(world.ports)).rejects.toThrow('crash');
    expect(world.runs.get('R')).toMatchObject({ state: 'sending', startedAtMs: null });
    world.deliveries.insert = insert;
    await Promise.all([startDueRuns(world.ports), startDueRuns(world.ports)]);
    await startDueRuns(world.ports);
    expect(Object.keys(renderings())).toHaveLength(11);
  });

  it('waits for the time of the run', async () => {
    world.runs.set('R', sendingRun('R', { state: 'scheduled', sendAtMs: world.state.nowMs + 1 }));
    expect(await startDueRuns(world.ports)).toBe(0);
    world.state.nowMs += 1;
    world.runs.set('R', waiting());
    expect(await startDueRuns(world.ports)).toBe(1);
  });

  it('goes only where the topic goes', async () => {
    world.runs.set('R', sendingRun('R', { state: 'scheduled', startedAtMs: null, topicId: 'TT-02' }));
    await startDueRuns(world.ports);
    expect(Object.keys(renderings()).every((id) => id.startsWith('R.l.'))).toBe(true);
  });

  it('takes back rows made while the run was called off', async () => {
    const insert = world.deliveries.insert.bind(world.deliveries);
    world.deliveries.insert = async (rows) => {
      const run = world.runs.get('R');
      if (run) world.runs.set('R', { ...run, state: 'cancelled', rev: run.rev + 1 });
      return insert(rows);
    };
    await startDueRuns(world.ports);
    expect(await world.deliveries.counts('R')).toMatchObject({ pending: 0, cancelled: 5 });
  });
});

describe('the end of a run', () => {
  const sendAll = async () => {
    for (const lane of ['reminder', 'broadcast'] as const) {
      await world.send({ lane });
      await world.send({ lane, platform: 'zalo' });
    }
  };

  it('closes when nothing is under way, with one summary, and shows how far it is in one message', async () => {
    await advanceRuns(world.ports);
    await sendAll();
    world.state.realMs += 3_000;
    await advanceRuns(world.ports);
    await advanceRuns(world.ports);
    expect(world.runs.get('R')?.state).toBe('done');
    await world.send({ lane: 'reminder' });
    const edits = world.calls.filter((call) => call.editId !== undefined);
    expect(edits.map((call) => call.message.text)).toEqual([expect.stringContaining('100%')]);
    const summaries = world.toldTo('author').filter((text) => text.includes('đã phát xong'));
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toContain('6/6');
  });

  it('is seen at the next look, however long the counting took that showed it under way', async () => {
    const counts = world.deliveries.counts.bind(world.deliveries);
    world.deliveries.counts = (runId) => {
      world.state.realMs += 500;
      return counts(runId);
    };
    await advanceRuns(world.ports);
    await sendAll();
    await advanceRuns(world.ports);
    await advanceRuns(world.ports);
    expect(world.runs.get('R')?.state).toBe('done');
  });

  it('edits at most once in three seconds', async () => {
    await advanceRuns(world.ports);
    await world.send({ lane: 'reminder' });
    await world.deliveries.change('R.g1', ['pending'], { state: 'sent' });
    await advanceRuns(world.ports);
    await world.deliveries.change('R.g2', ['pending'], { state: 'sent' });
    await advanceRuns(world.ports);
    world.state.realMs += 2_999;
    await advanceRuns(world.ports);
    expect(world.edits).toHaveLength(1);
    world.state.realMs += 1;
    await advanceRuns(world.ports);
    expect(world.edits).toHaveLength(2);
  });

  it('asks the author about each row of which nobody knows, and sends again what was not seen', async () => {
    world.script.outcome = (call) =>
      ['-g1', '-g2'].includes(call.chat.chatId)
        ? { kind: 'unknown', why: 'timeout' }
        : { kind: 'sent', externalId: 'x' };
    await advanceRuns(world.ports);
    await sendAll();
    await advanceRuns(world.ports);
    expect(world.runs.get('R')?.state).toBe('done');
    expect(world.toldTo('author').filter((text) => text.includes('Chưa rõ bài'))).toHaveLength(2);

    world.script.outcome = () => ({ kind: 'sent', externalId: 'x' });
    const before = world.calls.filter((call) => call.chat.chatId.startsWith('-g')).length;
    await settleUnknown(world.ports, world.from('author'), 'R.g1', true);
    const again = world.from('author');
    await settleUnknown(world.ports, again, 'R.g2', false);
    await settleUnknown(world.ports, again, 'R.g2', false);
    await sendAll();
    await advanceRuns(world.ports);
    const after = world.calls.filter((call) => call.chat.chatId.startsWith('-g')).length;
    expect(after - before).toBe(1);
    expect(world.deliveries.one('R.g1').state).toBe('sent');
    expect(world.deliveries.one('R.g2').state).toBe('sent');
    expect(world.runs.get('R')?.state).toBe('done');
  });

  it('sends once for one answer, although its effect runs again after the row became unknown anew', async () => {
    await startDueRuns(world.ports);
    await world.deliveries.change('R.g1', ['pending'], { state: 'unknown' });
    const again = world.from('author');
    await settleUnknown(world.ports, again, 'R.g1', false);
    await world.deliveries.change('R.g1', ['pending'], { state: 'unknown' });
    await settleUnknown(world.ports, again, 'R.g1', false);
    expect(world.deliveries.one('R.g1').state).toBe('unknown');
  });

  it('does not let a stranger settle a row', async () => {
    await startDueRuns(world.ports);
    await world.deliveries.change('R.g1', ['pending'], { state: 'unknown' });
    await settleUnknown(world.ports, world.from('head'), 'R.g1', false);
    expect(world.deliveries.one('R.g1').state).toBe('unknown');
  });

  it('counts what heads report themselves, each for their own row only', async () => {
    await startDueRuns(world.ports);
    await markRelayed(world.ports, world.from('head'), 'R.h');
    await markRelayed(world.ports, world.from('head'), 'R.h');
    await markRelayed(world.ports, world.from('operator'), 'R.g1');
    expect(await world.deliveries.counts('R')).toMatchObject({ relayed: 1, readAloud: 0 });
  });
});
