import { expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { makeOccurrences } from '#src/app/broadcast/series/make-occurrences.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { atLocal, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { daysInARow, weekly } from '#src/domain/broadcast/repeat.ts';
import { plan, posts } from '#test/support/conversation.ts';
import { createBroadcastWorld, draft } from '../../unit/broadcast/world.ts';
import { describeStores } from './harness.ts';
import { destination } from './samples.ts';

const HOURS = ['07:00', '15:00', '20:00'] as const;
const at = (time: string, date = '2024-03-18'): number => atLocal(date, time);

/** Three series on the stores of this bench, each to a neighbourhood of its own, approved the evening before. */
describeStores('a clock that stood still for 26 hours over three recurring runs', ({ stores }) => {
  it('sends each once, marked late, or not at all where its window has passed', async () => {
    const world = createBroadcastWorld();
    world.join('ha', 'editor');
    world.join('binh', 'approver');
    const ports = { ...world.ports, ...stores(), staff: world.ports.staff };
    await ports.plans.import(plan, posts, 0);
    world.state.nowMs = at('18:00', '2024-03-17');
    for (const [index, hour] of HOURS.entries()) {
      const khu = `khu-${String(index + 1)}`;
      await ports.destinations.upsert(
        destination({ chat: { platform: 'telegram', chatId: `-${khu}` }, neighbourhood: khu }),
      );
      const repeat = daysInARow(at(hour));
      const audience = { channels: null, neighbourhoods: [khu], groups: null };
      await submitRun(ports, world.from('ha', index), { ...draft, audience, repeat });
    }
    for (const series of await ports.series.inState('submitted', 9)) {
      await approveRun(ports, world.from('binh'), series.id, series.contentHash);
    }
    await Promise.all([makeOccurrences(ports), makeOccurrences(ports)]);
    world.state.nowMs = at('06:30');
    expect(await startDueRuns(ports)).toBe(0);

    // From half past six to half past eight of the next day nothing ran.
    world.state.nowMs = at('08:30', '2024-03-19');
    for (let twice = 0; twice < 2; twice += 1) {
      await makeOccurrences(ports);
      await Promise.all([startDueRuns(ports), startDueRuns(ports)]);
    }
    const due = (
      await ports.runs.between(
        ['scheduled', 'sending', 'expired', 'done'],
        at('00:00'),
        at('08:31', '2024-03-19'),
        99,
      )
    ).map(({ id, state, lateByMs, sendAtMs }) => ({
      id: id.slice(-8),
      state,
      lateMinutes: lateByMs === null ? null : lateByMs / MINUTE_MS,
      sendAtMs,
    }));
    // Those of the 18th at seven and at three in the afternoon are beyond twelve hours; the one at eight in the evening is
    // half an hour beyond; the one of the 19th at seven is an hour and a half late.
    expect(due).toEqual([
      { id: '20240318', state: 'expired', lateMinutes: null, sendAtMs: at('07:00') },
      { id: '20240318', state: 'expired', lateMinutes: null, sendAtMs: at('15:00') },
      { id: '20240318', state: 'expired', lateMinutes: null, sendAtMs: at('20:00') },
      { id: '20240319', state: 'sending', lateMinutes: 90, sendAtMs: at('07:00', '2024-03-19') },
    ]);
    expect(
      await ports.deliveries.counts((await ports.runs.inState('sending', 9))[0]?.id ?? ''),
    ).toMatchObject({ pending: 1 });
  });

  it('sends the one whose window is still open once, and the next of its series on time', async () => {
    const world = createBroadcastWorld();
    world.join('ha', 'editor');
    world.join('binh', 'approver');
    const ports = { ...world.ports, ...stores(), staff: world.ports.staff };
    await ports.plans.import(plan, posts, 0);
    await ports.destinations.upsert(destination());
    world.state.nowMs = at('06:00');
    const repeat = weekly(at('20:00'), [1]);
    await submitRun(ports, world.from('ha'), { ...draft, repeat });
    const [series] = await ports.series.inState('submitted', 9);
    await approveRun(ports, world.from('binh'), series?.id ?? '', series?.contentHash ?? null);
    // 26 hours: to eight in the morning, exactly twelve hours after the hour that was missed.
    world.state.nowMs = at('08:00', '2024-03-19');
    const tick = async (): Promise<void> => {
      await Promise.all([makeOccurrences(ports), makeOccurrences(ports)]);
      await startDueRuns(ports);
    };
    for (let thrice = 0; thrice < 3; thrice += 1) await tick();
    const late = await ports.runs.inState('sending', 9);
    expect(late.map((run) => run.lateByMs)).toEqual([720 * MINUTE_MS]);
    world.state.nowMs = at('20:00', '2024-03-25');
    await tick();
    const sent = await ports.runs.inState('sending', 9);
    expect(sent.map((run) => [run.id.slice(-8), run.lateByMs])).toEqual([
      ['20240318', 720 * MINUTE_MS],
      ['20240325', null],
    ]);
  });
});
