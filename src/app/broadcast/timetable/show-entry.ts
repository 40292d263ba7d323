import { wordsOf } from '#src/domain/run.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { mayMove } from '../in-charge.ts';
import { staffName } from '../../present.ts';
import { answer, asker, type BroadcastPorts, currentPlan } from '../ports.ts';
import { reachOf } from '../reach.ts';
import { whenOf } from '../tell-schedule.ts';
import { showSeries } from './list-series.ts';
import { type Entry, findEntry, titleOf } from './entries.ts';
import { entryState } from './show-timetable.ts';

/** One going-out with its whole text, and what may still be done with it. */
export async function showEntry(
  ports: BroadcastPorts,
  context: EffectContext,
  entryId: string,
): Promise<void> {
  const entry = await findEntry(ports, entryId);
  const member = await asker(ports, context);
  if (!entry && (await ports.series.get(entryId))) return showSeries(ports, context, entryId);
  if (!entry || !member) return answer(ports, context, { key: 'broadcast.gone' });
  const item = entry.kind === 'run' ? entry.run : entry.series;
  const author = await ports.staff.get(item.authorId);
  const { renderings } = entry.kind === 'run' ? entry.run : entry.post;
  const params = {
    title: titleOf(entry),
    topic: item.topicId,
    when: whenOf(ports, entry.atMs),
    state: entryState(ports, entry),
    author: author ? staffName(author) : '',
    words: wordsOf(renderings.telegram),
    ...(await reachOf(ports, await currentPlan(ports), item)),
  };
  const choices = choicesOf(ports, entry, member);
  await answer(
    ports,
    context,
    { key: 'timetable.entry', params },
    { id: `${context.id}.entry`, subject: { kind: 'entry', entryId }, choices },
  );
}

export function isAhead(entry: Entry): boolean {
  if (entry.kind === 'planned') return entry.series.state === 'active' || entry.series.state === 'submitted';
  return entry.run.state === 'scheduled' || entry.run.state === 'submitted';
}

function choicesOf(ports: BroadcastPorts, entry: Entry, member: StaffMember): readonly Choice[] {
  const { authorId } = entry.kind === 'run' ? entry.run : entry.series;
  const isRoutine = entry.kind === 'planned' || entry.run.kind === 'routine';
  const isLaidAside = entry.kind === 'run' && (entry.run.state === 'draft' || entry.run.state === 'returned');
  const isOfSeries = entry.kind === 'planned' || entry.run.seriesId !== null;
  const isAuthor = authorId === member.id && member.active;
  const choices = [
    ...(isAuthor && isLaidAside ? [...(isRoutine ? ['edit'] : []), 'drop'] : []),
    ...(isAhead(entry) && mayMove({ authorId }, member) ? ['move', 'skip'] : []),
    ...(isAhead(entry) && mayMove({ authorId }, member) && isOfSeries ? ['stop'] : []),
    ...(isAuthor && isRoutine && isAhead(entry) ? ['edit'] : []),
  ];
  return choices.map((value, index) => ({
    number: String(index + 1),
    value,
    label: ports.texts.render({ key: `timetable.choice.${value}` }),
  }));
}
