import type { Destination } from '#src/domain/destination.ts';
import type { Delivery, PromptToOpen } from '#src/domain/outbound.ts';
import type { Plan, TopicChannel } from '#src/domain/plan.ts';
import type { BroadcastRun, RenderingName } from '#src/domain/run.ts';
import { wakeLane } from '../send/notify.ts';
import type { BroadcastPorts } from './ports.ts';

const BATCH = 500;

/** Does the topic go to this destination? A topic that names no channel, or is not of the plan, goes to all. */
export function carries(plan: Plan, topicId: string, destination: Destination): boolean {
  const channels = plan.topics.find((topic) => topic.id === topicId)?.channels ?? [];
  return channels.length === 0 || channels.includes(channelOf(destination));
}

/**
 * One row a destination, in batches, under ids made of the run's and the destination's: run twice, or broken off and run
 * again, it makes the same rows. Memory does not grow with the number of destinations. Answers how many rows were new.
 */
export async function fanOut(ports: BroadcastPorts, run: BroadcastRun, plan: Plan): Promise<number> {
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
    if (!carries(plan, run.topicId, destination)) continue;
    batch.push(rowFor(ports, run, destination));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return added;
}

function rowFor(ports: BroadcastPorts, run: BroadcastRun, destination: Destination): Delivery {
  const id = `${run.id}.${destination.id}`;
  const prompt = promptFor(ports, id, destination);
  return {
    id,
    lane: 'broadcast',
    platform: destination.chat.platform,
    target: { kind: 'destination', destinationId: destination.id },
    runId: run.id,
    rendering: renderingOf(destination),
    ...(prompt ? { prompt } : {}),
    state: 'pending',
    dueAtMs: run.sendAtMs,
    sentParts: [],
    attempts: 0,
  };
}

function renderingOf(destination: Destination): RenderingName {
  return destination.kind === 'group' ? destination.chat.platform : destination.kind;
}

function channelOf(destination: Destination): TopicChannel {
  return renderingOf(destination);
}

function promptFor(ports: BroadcastPorts, deliveryId: string, { kind }: Destination): PromptToOpen | null {
  if (kind === 'group') return null;
  const choice =
    kind === 'relay'
      ? { value: 'done', label: ports.texts.render({ key: 'broadcast.relay.done' }) }
      : { value: 'read', label: ports.texts.render({ key: 'broadcast.loudspeaker.done' }) };
  return { id: deliveryId, subject: { kind, deliveryId }, choices: [{ number: '1', ...choice }] };
}
