import { dayWords } from '#src/domain/broadcast/labels.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Choice, Delivery } from '#src/domain/outbound.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { answer, asker, type BroadcastPorts } from './ports.ts';

const PAGE = 500;
/** As many numbers as a person picks from; "9" and "0" have meanings of their own. */
const SHOWN = 8;

/** Asks an editor which of a run's scripts was read, of those handed over of which nobody has said so; the newest first. */
export async function listScripts(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
): Promise<void> {
  const member = await asker(ports, context);
  if (!member || !hasRole(member, 'editor', 'admin')) {
    return answer(ports, context, { key: 'common.notAllowed' });
  }
  const rows = (await notReported(ports, runId)).toSorted((a, b) => b.dueAtMs - a.dueAtMs).slice(0, SHOWN);
  if (rows.length === 0) return answer(ports, context, { key: 'broadcast.loudspeaker.allRead' });
  const choices = await Promise.all(rows.map((row, index) => choiceOf(ports, row, index + 1)));
  const subject = { kind: 'scripts', runId } as const;
  return answer(
    ports,
    context,
    { key: 'broadcast.loudspeaker.whichScript' },
    { id: context.id, subject, choices },
  );
}

async function notReported(ports: BroadcastPorts, runId: string): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  for (let afterId = ''; ;) {
    const page = await ports.deliveries.pageOfRun(runId, afterId, PAGE);
    found.push(...page.filter((row) => row.rendering === 'loudspeaker' && isOpen(row)));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    afterId = last.id;
  }
}

const isOpen = ({ state, readAloudAtMs }: Delivery) =>
  (state === 'sent' || state === 'unknown') && readAloudAtMs === undefined;

async function choiceOf(ports: BroadcastPorts, row: Delivery, number: number): Promise<Choice> {
  const id = row.target.kind === 'destination' ? row.target.destinationId : '';
  const title = (await ports.destinations.get(id))?.title ?? id;
  const day = dayWords((ref) => ports.texts.render(ref), localDateOf(row.expiresAtMs ?? row.dueAtMs));
  return { number: String(number), value: row.id, label: `${title}, ${day}` };
}
