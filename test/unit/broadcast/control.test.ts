import { beforeEach, describe, expect, it } from 'vitest';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { askUnknown } from '#src/app/broadcast/ask-unknown.ts';
import { controlFromChat, controlRun } from '#src/app/broadcast/control-run.ts';
import { settleUnknown } from '#src/app/broadcast/settle-unknown.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { groupDestination, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;

beforeEach(() => {
  world = createBroadcastWorld();
  world.join('author', 'editor');
  world.runs.set('R', sendingRun('R', { state: 'scheduled', startedAtMs: null }));
  for (const id of ['g1', 'g2']) world.destinations.set(id, groupDestination(id));
});

const state = () => world.runs.get('R')?.state;

function member(id: string, ...roles: readonly Role[]): StaffMember {
  world.join(id, ...roles);
  const found = world.staff.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

describe('a run', () => {
  it('stands still while it is paused, and goes on where it was', async () => {
    await startDueRuns(world.ports);
    await controlFromChat(world.ports, world.from('author'), 'R', 'pause');
    expect(state()).toBe('paused');
    await world.send();
    expect(world.calls).toHaveLength(0);
    await controlFromChat(world.ports, world.from('author'), 'R', 'resume');
    expect(state()).toBe('sending');
    world.state.nowMs += 60_000;
    await world.send();
    expect(world.calls).toHaveLength(2);
  });

  it('that was paused before its rows were all made makes the rest when it goes on', async () => {
    await controlFromChat(world.ports, world.from('author'), 'R', 'pause');
    expect(await startDueRuns(world.ports)).toBe(0);
    await controlFromChat(world.ports, world.from('author'), 'R', 'resume');
    expect(await startDueRuns(world.ports)).toBe(1);
    expect(await world.deliveries.counts('R')).toMatchObject({ pending: 2 });
  });

  it.each([
    ['editor', false],
    ['handler', false],
    ['approver', true],
    ['leader', true],
    ['chairperson', true],
    ['admin', true],
  ] as const)(
    'is held by its author and whoever answers for it, not by a stranger: %s %s',
    async (role, may) => {
      const by = member('other', role);
      const control = { id: 'c1', runId: 'R', action: 'pause', by, reason: 'bão' } as const;
      expect((await controlRun(world.ports, control)).kind).toBe(may ? 'done' : 'not-allowed');
      expect(state()).toBe(may ? 'paused' : 'scheduled');
    },
  );

  it('that is over can be neither held nor stopped, a corrected one neither', async () => {
    for (const over of ['done', 'corrected', 'expired'] as const) {
      world.runs.set('R', sendingRun('R', { state: over }));
      for (const action of ['pause', 'resume', 'cancel'] as const) {
        await controlFromChat(world.ports, world.from('author'), 'R', action);
        expect(state()).toBe(over);
      }
    }
  });

  it('shows in its live message that it is paused, with the buttons still there', async () => {
    await advanceRuns(world.ports);
    await world.send({ lane: 'reminder' });
    await controlFromChat(world.ports, world.from('author'), 'R', 'pause');
    world.state.realMs += 3_000;
    await advanceRuns(world.ports);
    expect(world.edits.at(-1)).toContain('Đang tạm dừng');
    expect(world.edits.at(-1)).toContain('2 Phát tiếp');
  });
});

describe('when the author has left', () => {
  beforeEach(() => {
    const author = member('author', 'editor');
    world.staff.set('author', { ...author, active: false });
    world.join('chief', 'admin');
  });

  const askOne = async () => {
    await startDueRuns(world.ports);
    await world.deliveries.change('R.g1', ['pending'], { state: 'unknown' });
    const run = world.runs.get('R');
    if (run) await askUnknown(world.ports, run);
  };

  it('the admin is asked and told', async () => {
    await askOne();
    expect(world.toldTo('chief').some((text) => text.includes('Chưa rõ bài'))).toBe(true);
  });

  it('another editor is asked before the admin, and may hold the run', async () => {
    world.join('colleague', 'editor');
    await askOne();
    expect(world.toldTo('colleague').some((text) => text.includes('Chưa rõ bài'))).toBe(true);
    expect(world.toldTo('chief')).toEqual([]);
    await controlFromChat(world.ports, world.from('colleague'), 'R', 'pause');
    expect(state()).toBe('paused');
  });
});

describe('rows of which nobody knows', () => {
  it('are asked about one after the other, however many there are', async () => {
    const ids = Array.from({ length: 9 }, (_, n) => `u${String(n)}`);
    for (const id of ids) world.destinations.set(id, groupDestination(id));
    await startDueRuns(world.ports);
    for (const id of ids) await world.deliveries.change(`R.${id}`, ['pending'], { state: 'unknown' });
    const run = world.runs.get('R');
    if (run) await askUnknown(world.ports, run);
    const asked = () => world.toldTo('author').filter((text) => text.includes('Chưa rõ bài')).length;
    expect(asked()).toBe(8);
    await settleUnknown(world.ports, world.from('author'), 'R.u0', true);
    expect(asked()).toBe(9);
  });

  it('of a head are asked by telephone, since nobody sees their chat', async () => {
    world.destinations.set('h', groupDestination('h', { kind: 'relay', title: 'ông Ba' }));
    await startDueRuns(world.ports);
    await world.deliveries.change('R.h', ['pending'], { state: 'unknown' });
    const run = world.runs.get('R');
    if (run) await askUnknown(world.ports, run);
    expect(world.toldTo('author').at(-1)).toContain('ông Ba chưa. Nhờ anh/chị gọi hỏi giúp');
  });
});
