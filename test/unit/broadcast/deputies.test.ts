import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { controlFromChat, noteReason } from '#src/app/broadcast/control-run.ts';
import { staffInCharge } from '#src/app/broadcast/in-charge.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { watchApprovals } from '#src/app/broadcast/watch-approvals.ts';
import { actingMember, presentWith } from '#src/app/staff/acting.ts';
import { daysInARow } from '#src/domain/broadcast/repeat.ts';
import { atLocal, DAY_MS, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { hasRole } from '#src/domain/staff.ts';
import { groupDestination } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.join('binh', 'approver', 'leader');
  world.join('mai', 'handler');
  world.destinations.set('g', groupDestination('g'));
  world.state.nowMs = NOW;
});

const submit = (who = 'ha') => submitRun(world.ports, world.from(who), draft);
const asked = (who: string): number =>
  world.toldTo(who).filter((text) => text.startsWith('Bài chờ duyệt')).length;
const approve = (who: string) => approveRun(world.ports, world.from(who), world.onlyRun().id);

describe('while an approver is on leave', () => {
  it('the deputy is asked and approves, and only then; nobody else gets the right', async () => {
    await submit();
    await approve('mai');
    expect(world.onlyRun().state).toBe('submitted');
    world.away('binh', 'mai');
    await watchApprovals(world.ports);
    expect([asked('binh'), asked('mai')]).toEqual([1, 1]);
    await approve('mai');
    expect(world.onlyRun()).toMatchObject({ state: 'scheduled', approverId: 'mai' });
    expect(world.entries.at(-1)).toMatchObject({ action: 'run-approved', by: 'mai', standsInFor: ['binh'] });
  });

  it('the right is gone with the leave', async () => {
    world.away('binh', 'mai');
    await submit();
    expect([asked('binh'), asked('mai')]).toEqual([0, 1]);
    world.state.nowMs += 6 * DAY_MS;
    await approve('mai');
    expect(world.onlyRun().state).toBe('submitted');
  });

  it('nudges and urgent rights are the deputy’s', async () => {
    world.away('binh', 'mai');
    await submit();
    world.state.nowMs += 31 * MINUTE_MS;
    for (let twice = 0; twice < 2; twice += 1) await watchApprovals(world.ports);
    const nudged = (who: string) =>
      world.toldTo(who).filter((text) => text.startsWith('Nhắc anh/chị')).length;
    expect([nudged('binh'), nudged('mai')]).toEqual([0, 1]);
    const acting = await actingMember(world.ports, { platform: 'telegram', chatId: 'mai' });
    expect(acting && hasRole(acting, 'leader')).toBe(true);
    expect((await presentWith(world.ports, 'leader')).map(({ id }) => id)).toEqual(['mai']);
  });

  it('the author is never asked as a deputy, nor may approve as one: then the approver is asked on leave', async () => {
    world.away('binh', 'ha');
    await submit('ha');
    expect([asked('binh'), asked('ha')]).toEqual([1, 0]);
    await approve('ha');
    expect(world.onlyRun().state).toBe('submitted');
    expect(world.toldTo('ha').at(-1)).toContain('phải người khác duyệt');
  });

  it('a deputy who is away too is stood in for in turn, and a ring of deputies asks those who hold the role', async () => {
    world.join('nam', 'handler');
    world.away('binh', 'mai');
    world.away('mai', 'nam');
    expect((await presentWith(world.ports, 'approver')).map(({ id }) => id)).toEqual(['nam']);
    world.away('nam', 'binh');
    expect((await presentWith(world.ports, 'approver')).map(({ id }) => id)).toEqual(['binh']);
  });

  it('what comes of an author’s run is told to a colleague who is there', async () => {
    world.join('lan', 'editor');
    world.away('ha');
    expect((await staffInCharge(world.ports, { authorId: 'ha' }))?.id).toBe('lan');
    world.away('lan');
    expect((await staffInCharge(world.ports, { authorId: 'ha' }))?.id).toBe('ha');
  });
});

it('nudges about a series that waits for an approval as about a post, once', async () => {
  const repeat = daysInARow(NOW + DAY_MS);
  await submitRun(world.ports, world.from('ha'), { ...draft, repeat });
  world.state.nowMs += 31 * MINUTE_MS;
  for (let twice = 0; twice < 2; twice += 1) await watchApprovals(world.ports);
  const nudges = world.toldTo('binh').filter((text) => text.startsWith('Nhắc anh/chị'));
  expect(nudges).toHaveLength(1);
  expect(nudges[0]).toContain(draft.body);
});

it('holds a run at once and then asks why; the answer goes to the record', async () => {
  await submit();
  await approve('binh');
  const { id } = world.onlyRun();
  await controlFromChat(world.ports, world.from('binh'), id, 'pause');
  expect(world.onlyRun().state).toBe('paused');
  expect(world.toldTo('binh').at(-1)).toContain('1 Sai nội dung');
  const effect = world.from('binh');
  for (let twice = 0; twice < 2; twice += 1)
    await noteReason(world.ports, effect, { runId: id, action: 'pause', reason: 'Chờ văn bản mới' });
  expect(world.entries.filter(({ reason }) => reason === 'Chờ văn bản mới')).toMatchObject([
    { action: 'run-paused-because', by: 'binh', subject: id },
  ]);
});
