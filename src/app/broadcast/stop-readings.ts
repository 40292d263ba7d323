import type { EffectContext } from '../inbound/reply.ts';
import { mayControl } from './in-charge.ts';
import { answer, asker, audit, type BroadcastPorts } from './ports.ts';

/** Of a run that is done in the chats, takes back what is still to be read aloud. False where nothing is. */
export async function stopReadings(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
): Promise<boolean> {
  const [run, member] = await Promise.all([ports.runs.get(runId), asker(ports, context)]);
  if (run?.state !== 'done' || !member || !mayControl(run, member)) return false;
  const { toRead } = await ports.deliveries.counts(run.id);
  if (toRead === 0) return false;
  await ports.deliveries.cancelRun(run.id);
  await audit(ports, context, member, 'run-readings-cancelled', run.id);
  const params = { title: run.title, count: toRead };
  await answer(ports, context, { key: 'broadcast.control.readingsStopped', params });
  return true;
}
