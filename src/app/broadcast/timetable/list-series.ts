import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker, type BroadcastPorts } from '../ports.ts';
import { firstDates } from '../series/first-dates.ts';
import { shortDate } from '../../present.ts';

const SHOWN = 8;
const MAX_TITLE = 60;
const SOON_MS = 400 * 86_400_000;

/** The series that go on, each with its next day: the number of one opens it. */
export async function listSeries(ports: BroadcastPorts, context: EffectContext): Promise<void> {
  const series = await ports.series.inState('active', SHOWN);
  if (series.length === 0) return answer(ports, context, { key: 'timetable.noSeries' });
  const nowMs = ports.clock.nowMs();
  const choices = series.map(({ id, title, rule }, index) => {
    const [nextMs] = ports.recurrence.between(rule, nowMs, nowMs + SOON_MS);
    const next = nextMs === undefined ? localDateOf(nowMs) : shortDate(nextMs);
    return { number: String(index + 1), value: id, label: `${next} ${title}`.slice(0, MAX_TITLE) };
  });
  const prompt = { id: `${context.id}.series`, subject: { kind: 'series-list' }, choices } as const;
  await answer(ports, context, { key: 'timetable.series' }, prompt);
}

/** One series, with the button that stops it. */
export async function showSeries(ports: BroadcastPorts, context: EffectContext, id: string): Promise<void> {
  const series = await ports.series.get(id);
  if (!series) return answer(ports, context, { key: 'broadcast.gone' });
  const params = {
    title: series.title,
    dates: firstDates(ports, series.rule),
    titles: series.posts.map((post) => `– ${post.title}`).join('\n'),
  };
  const label = ports.texts.render({ key: 'schedule.series.stop' });
  const isAuthor = (await asker(ports, context))?.id === series.authorId;
  await answer(
    ports,
    context,
    { key: 'timetable.oneSeries', params },
    {
      id: `${context.id}.series`,
      subject: { kind: 'run', runId: series.id },
      choices: [
        { number: '1', value: 'stop-series', label },
        ...(isAuthor
          ? [{ number: '2', value: 'edit', label: ports.texts.render({ key: 'compose.choice.edit' }) }]
          : []),
      ],
    },
  );
}
