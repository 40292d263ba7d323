import type { TextRef } from '../conversation/types.ts';
import { weekdayOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';
import type { Doubt } from '../text/speech/speech-words.ts';
import type { ReadingTime } from '../text/speech/reading-time.ts';
import type { RenderLabels } from './render-post.ts';
import { speechWords } from './speech-words.ts';

type Render = (ref: TextRef) => string;

const WARD_OFFSET_MS = 7 * 3_600_000;

/** The sentences around a post, the same for a preview in a form and for what is sent. */
export function renderLabels(text: Render): RenderLabels {
  return {
    relayAsk: text({ key: 'broadcast.relay.ask' }),
    loudspeakerAsk: (time) =>
      text({ key: 'broadcast.loudspeaker.ask', params: { time: readingTimeWords(text, time) } }),
    speechOpening: (ward) => text({ key: 'broadcast.loudspeaker.opening', params: { ward } }),
    speechClosing: (ward) => text({ key: 'broadcast.loudspeaker.closing', params: { ward } }),
    link: (link) => text({ key: 'broadcast.link', params: { link } }),
    documentElsewhere: (name, ward) => text({ key: 'broadcast.documentElsewhere', params: { name, ward } }),
    signature: (ward) => text({ key: 'broadcast.signature', params: { ward } }),
    speech: speechWords(text),
  };
}

/** What the editor is told of a script before it goes out, one line each; a long sentence by its beginning. */
export function doubtWords(text: Render, { kind, written, spoken }: Doubt): string {
  const params = { written: written.length > 60 ? `${written.slice(0, 60)}…` : written, spoken };
  switch (kind) {
    case 'spelled':
      return text({ key: 'broadcast.doubt.spelled', params });
    case 'foreign':
      return text({ key: 'broadcast.doubt.foreign', params });
    case 'dropped':
      return text({ key: 'broadcast.doubt.dropped', params });
    case 'long':
      return text({ key: 'broadcast.doubt.long', params });
  }
}

/** "2 phút 25 giây", "45 giây", "3 phút". */
export function readingTimeWords(text: Render, { minutes, seconds }: ReadingTime): string {
  if (minutes === 0) return text({ key: 'broadcast.loudspeaker.seconds', params: { seconds } });
  return seconds === 0
    ? text({ key: 'broadcast.loudspeaker.minutes', params: { minutes } })
    : text({ key: 'broadcast.loudspeaker.minutesSeconds', params: { minutes, seconds } });
}

/** A day as people say it: "thứ Hai 18/3". */
export function dayWords(text: Render, date: LocalDate): string {
  const [, month = '', day = ''] = date.split('-');
  const weekday = text({ key: `common.weekday.${String(weekdayOf(date))}` });
  return `${weekday} ${String(Number(day))}/${String(Number(month))}`;
}

/** A moment as people say it: "6 giờ 30 thứ Hai 18/3". Null is as soon as the run is approved. */
export function whenWords(text: Render, atMs: number | null): string {
  if (atMs === null) return text({ key: 'broadcast.when.approved' });
  const local = new Date(atMs + WARD_OFFSET_MS);
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  return text({
    key: 'broadcast.when.at',
    params: {
      time: timeWords(text, atMs),
      weekday: text({ key: `common.weekday.${String(weekday)}` }),
      date: `${String(local.getUTCDate())}/${String(local.getUTCMonth() + 1)}`,
    },
  });
}

/** "6 giờ 30", "17 giờ". */
export function timeWords(text: Render, atMs: number): string {
  const local = new Date(atMs + WARD_OFFSET_MS);
  const hour = local.getUTCHours();
  const minute = local.getUTCMinutes();
  if (minute === 0) return text({ key: 'broadcast.when.hour', params: { hour } });
  return text({ key: 'broadcast.when.minute', params: { hour, minute: String(minute).padStart(2, '0') } });
}

/** "18/3". */
export function shortDay(date: LocalDate): string {
  const [, month = '', day = ''] = date.split('-');
  return `${String(Number(day))}/${String(Number(month))}`;
}
