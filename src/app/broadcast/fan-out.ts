import { channelOf, getsRun } from '#src/domain/broadcast/audience.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Delivery, PromptToOpen } from '#src/domain/outbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { wakeLane } from '../send/notify.ts';
import { handToChair } from './meeting/hand-to-chair.ts';
import type { BroadcastPorts } from './ports.ts';
import { createScriptRows } from './script-rows.ts';

const BATCH = 500;

/**
 * One row a destination, and for a loudspeaker one a day, in batches, under ids made of the run's and the destination's: run twice, or broken off and run
 * again, it makes the same rows. Memory does not grow with the number of destinations. Answers how many rows were new.
 */
export async function fanOut(ports: BroadcastPorts, run: BroadcastRun, plan: Plan): Promise<number> {
  if (run.meeting) return handToChair(ports, run, plan, run.meeting);
  const scriptRows = createScriptRows(ports, run, plan);
  let added = 0;
  let batch: Delivery[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const rows = batch;
    batch = [];
    added += await ports.deliveries.insert(rows);
    for (const platform of new Set(rows.map((row) => row.platform))) {
      await wakeLane(ports, platform, 'broadcast');
    }
  };
  for await (const destination of ports.destinations.active()) {
    if (!getsRun(plan, run, destination)) continue;
    if (destination.kind === 'loudspeaker') batch.push(...(await scriptRows(destination)));
    else batch.push(rowFor(ports, run, destination));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return added;
}

export function rowFor(ports: BroadcastPorts, run: BroadcastRun, destination: Destination): Delivery {
  const id = `${run.id}.${destination.id}`;
  const prompt = promptFor(ports, id, destination);
  return {
    id,
    lane: 'broadcast',
    platform: destination.chat.platform,
    target: { kind: 'destination', destinationId: destination.id },
    runId: run.id,
    rendering: channelOf(destination),
    ...(destination.neighbourhood === null ? {} : { neighbourhood: destination.neighbourhood }),
    ...(prompt ? { prompt } : {}),
    state: 'pending',
    dueAtMs: run.sendAtMs,
    sentParts: [],
    attempts: 0,
  };
}

function promptFor(ports: BroadcastPorts, deliveryId: string, { kind }: Destination): PromptToOpen | null {
  if (kind !== 'relay') return null;
  const label = ports.texts.render({ key: 'broadcast.relay.done' });
  return { id: deliveryId, subject: { kind, deliveryId }, choices: [{ number: '1', value: 'done', label }] };
}
