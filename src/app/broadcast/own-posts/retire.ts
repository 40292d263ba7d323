import { openState } from '#src/domain/broadcast/taken-up.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, type BroadcastPorts, MAX_TRIES } from '../ports.ts';
import { cancelWaiting } from '../series/stop-series.ts';
import { stateWords } from '../state-words.ts';

/**
 * Takes a run or a series out of the way of what is handed in instead. False: it cannot be any more, and the author was told.
 * Safe to run twice.
 */
export async function retire(
  ports: BroadcastPorts,
  context: EffectContext,
  id: string,
  author: StaffMember,
): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(id);
    if (!run) return retireSeries(ports, id, author);
    if (run.state === 'cancelled') return true;
    if (run.authorId !== author.id || !openState(run)) {
      const params = { title: run.title, state: stateWords(ports, run) };
      await answer(ports, context, { key: 'compose.takenUp.tooLate', params });
      return false;
    }
    const change = { state: 'cancelled', finishedAtMs: ports.clock.nowMs() } as const;
    if ((await ports.runs.update(id, run.rev, change)) === 'saved') return true;
  }
  throw new Error(`run ${id} keeps changing`);
}

/** What has gone out of it stands; what waits is called off. */
async function retireSeries(ports: BroadcastPorts, id: string, author: StaffMember): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series = await ports.series.get(id);
    if (series?.authorId !== author.id) throw new Error(`no series ${id} of this author`);
    const isOver = series.state === 'stopped' || series.state === 'ended';
    if (!isOver && (await ports.series.update(id, series.rev, { state: 'stopped' })) === 'conflict') continue;
    await cancelWaiting(ports, series);
    return true;
  }
  throw new Error(`series ${id} keeps changing`);
}
