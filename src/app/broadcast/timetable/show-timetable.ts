import { listNumber } from '#src/domain/conversation/choices.ts';
import { dayWords, shortDay, timeWords } from '#src/domain/broadcast/labels.ts';
import { addDays, atLocal, localDateOf, weekdayOf } from '#src/domain/calendar/local-time.ts';
import type { TextRef, TimetableSpan } from '#src/domain/conversation/types.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { notifyChat } from '../../send/notify.ts';
import { type BroadcastPorts } from '../ports.ts';
import { stateWords } from '../state-words.ts';
import { dayOfEntry, entriesBetween, type Entry, titleOf } from './entries.ts';

const MAX_TITLE = 60;

/** The week or the month around `day` (null: today), day by day; the number of an entry opens it. */
export async function showTimetable(
  ports: BroadcastPorts,
  context: EffectContext,
  { span, day }: { readonly span: TimetableSpan; readonly day: LocalDate | null },
): Promise<void> {
  const text = (ref: TextRef) => ports.texts.render(ref);
  const { from, to } = daysOf(span, day ?? localDateOf(ports.clock.nowMs()));
  const entries = await entriesBetween(ports, atLocal(from, '00:00'), atLocal(addDays(to, 1), '00:00'));
  const opened = entries.map((entry, index): Choice => ({
    number: listNumber(index),
    value: `entry:${entry.id}`,
    label: titleOf(entry).slice(0, MAX_TITLE),
  }));
  const links = linksOf(span, from, to).map(({ value, label }, index): Choice => ({
    number: listNumber(entries.length + index),
    value,
    label: text({ key: `timetable.link.${label}` }),
  }));
  await notifyChat(ports, {
    id: context.id,
    chat: context.conversation.chat,
    text: {
      key: entries.length === 0 ? `timetable.empty.${span}` : `timetable.heading.${span}`,
      params: { from: shortDay(from), to: shortDay(to), lines: linesOf(ports, entries) },
    },
    prompt: {
      id: `${context.id}.timetable`,
      subject: { kind: 'timetable' },
      choices: [...opened, ...links],
    },
    // The entries stand in the text with their numbers.
    written: links,
    lane: 'reply',
    dueAtMs: ports.clock.nowMs(),
  });
}

/** From Monday to Sunday, or the whole month. */
function daysOf(span: TimetableSpan, day: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } {
  if (span === 'week') {
    const from = addDays(day, 1 - weekdayOf(day));
    return { from, to: addDays(from, 6) };
  }
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}

function linksOf(span: TimetableSpan, from: LocalDate, to: LocalDate) {
  const other = span === 'week' ? 'month' : 'week';
  return [
    { value: `${span}:${addDays(to, 1)}`, label: `${span}Next` },
    { value: `${span}:${addDays(from, -1)}`, label: `${span}Before` },
    { value: `${other}:${from}`, label: other },
    { value: 'series', label: 'series' },
  ];
}

/** A day, and below it its entries: "1. 6 giờ 30 Dân được biết những gì? (đã duyệt)". */
function linesOf(ports: BroadcastPorts, entries: readonly Entry[]): string {
  const text = (ref: TextRef) => ports.texts.render(ref);
  return entries
    .map((entry, index) => {
      const day = dayOfEntry(entry);
      const before = entries[index - 1];
      const isNewDay = !before || dayOfEntry(before) !== day;
      const line = text({
        key: 'timetable.line',
        params: {
          number: listNumber(index),
          time: timeWords(text, entry.atMs),
          title: titleOf(entry),
          state: entryState(ports, entry),
        },
      });
      return isNewDay ? `${index === 0 ? '' : '\n'}${dayWords(text, day)}\n${line}` : line;
    })
    .join('\n');
}

/** "đã phát xong, muộn": the state of a run, or of the series that will make it. */
export function entryState(ports: Pick<BroadcastPorts, 'texts'>, entry: Entry): string {
  if (entry.kind === 'planned') {
    const state = entry.series.state === 'submitted' ? 'submitted' : 'scheduled';
    return ports.texts.render({ key: `broadcast.state.${state}` });
  }
  const state = stateWords(ports, entry.run);
  return entry.run.lateByMs === null
    ? state
    : ports.texts.render({ key: 'timetable.late', params: { state } });
}
