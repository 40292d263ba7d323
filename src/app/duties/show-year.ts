import { humanDate } from '#src/domain/calendar/deadline.ts';
import { DAY_MS, endOfDay, localDateOf, yearOf } from '#src/domain/calendar/local-time.ts';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import { dueDays, monthsAhead } from '#src/domain/duties/year-ahead.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import { actingMember } from '../staff/acting.ts';

const YEAR_MS = 366 * DAY_MS;
/** One screen below the picture. */
const MOST_LINES = 20;

/** "Lịch năm": twelve months as a picture, and below it what is due when, each for whoever may see it. */
export async function showYear(app: App, context: EffectContext): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const { texts, calendar } = app;
  const nowMs = app.clock.nowMs();
  const today = localDateOf(nowMs);
  const [plan, staff, opened] = await Promise.all([
    planOf(app),
    app.staff.list(),
    app.duties.dueBetween(nowMs, nowMs + YEAR_MS),
  ]);
  const planned = [yearOf(today), yearOf(today) + 1].flatMap((year) =>
    openDuties(plan, year, staff, calendar, nowMs),
  );
  const due = dueDays(opened, planned, member, today);
  const months = monthsAhead(calendar, due, today);
  const [from, to] = [months[0], months.at(-1)];
  const bytes = await app.sheets.drawYear({
    title: texts.render({
      key: 'duty.year.title',
      params: {
        ...{ fromMonth: from?.month ?? 0, fromYear: from?.year ?? 0 },
        ...{ toMonth: to?.month ?? 0, toYear: to?.year ?? 0 },
      },
    }),
    weekdays: [1, 2, 3, 4, 5, 6, 7].map((day) => texts.render({ key: `duty.year.weekday.${String(day)}` })),
    months: months.map(({ year, month, days }) => ({
      title: texts.render({ key: 'duty.year.month', params: { month, year } }),
      days,
    })),
    legend: {
      due: texts.render({ key: 'duty.year.due' }),
      off: texts.render({ key: 'duty.year.off' }),
    },
  });
  const photoId = `year/${app.personalData.privateId(context.id)}`;
  await app.media.put(photoId, { bytes, contentType: 'image/png' });
  await reply(app, context, { text: linesOf(app, due), photoIds: [photoId] });
}

function linesOf({ texts }: Pick<App, 'texts'>, due: ReturnType<typeof dueDays>): string {
  if (due.length === 0) return texts.render({ key: 'duty.year.none' });
  const lines = due.slice(0, MOST_LINES).map(({ date, titles }) => {
    const params = { date: humanDate(endOfDay(date)), titles: titles.join('; ') };
    return texts.render({ key: 'duty.year.line', params });
  });
  const more = due.length - lines.length;
  if (more > 0) lines.push(texts.render({ key: 'duty.year.more', params: { count: more } }));
  return texts.render({ key: 'duty.year.list', params: { lines: lines.join('\n') } });
}
