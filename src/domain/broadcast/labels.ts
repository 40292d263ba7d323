import type { TextRef } from '../conversation/types.ts';
import type { SpeechWords } from '../text/vietnamese-speech.ts';
import type { RenderLabels } from './render-post.ts';

type Render = (ref: TextRef) => string;

const WARD_OFFSET_MS = 7 * 3_600_000;

/** The sentences around a post, the same for a preview in a form and for what is sent. */
export function renderLabels(text: Render): RenderLabels {
  return {
    relayAsk: text({ key: 'broadcast.relay.ask' }),
    loudspeakerAsk: (minutes) => text({ key: 'broadcast.loudspeaker.ask', params: { minutes } }),
    speechOpening: (ward) => text({ key: 'broadcast.loudspeaker.opening', params: { ward } }),
    speechClosing: (ward) => text({ key: 'broadcast.loudspeaker.closing', params: { ward } }),
    signature: (ward) => text({ key: 'broadcast.signature', params: { ward } }),
    speech: speechWords(text),
  };
}

function speechWords(text: Render): SpeechWords {
  return {
    digits: text({ key: 'broadcast.speech.digits' }).split(' '),
    ten: text({ key: 'broadcast.speech.ten' }),
    tens: text({ key: 'broadcast.speech.tens' }),
    oneAfterTens: text({ key: 'broadcast.speech.oneAfterTens' }),
    fourAfterTens: text({ key: 'broadcast.speech.fourAfterTens' }),
    fiveAfterTens: text({ key: 'broadcast.speech.fiveAfterTens' }),
    and: text({ key: 'broadcast.speech.and' }),
    hundred: text({ key: 'broadcast.speech.hundred' }),
    thousand: text({ key: 'broadcast.speech.thousand' }),
    million: text({ key: 'broadcast.speech.million' }),
    billion: text({ key: 'broadcast.speech.billion' }),
    decimal: text({ key: 'broadcast.speech.decimal' }),
    percent: text({ key: 'broadcast.speech.percent' }),
    day: text({ key: 'broadcast.speech.day' }),
    month: text({ key: 'broadcast.speech.month' }),
    year: text({ key: 'broadcast.speech.year' }),
    hour: text({ key: 'broadcast.speech.hour' }),
    abbreviations: text({ key: 'broadcast.speech.abbreviations' })
      .split('|')
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)] as const;
      }),
  };
}

/** A moment as people say it: "6 giờ 30 thứ Hai 18/3". Null is as soon as the run is approved. */
export function whenWords(text: Render, atMs: number | null): string {
  if (atMs === null) return text({ key: 'broadcast.when.approved' });
  const local = new Date(atMs + WARD_OFFSET_MS);
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const minute = local.getUTCMinutes();
  const hour = local.getUTCHours();
  return text({
    key: 'broadcast.when.at',
    params: {
      time:
        minute === 0
          ? text({ key: 'broadcast.when.hour', params: { hour } })
          : text({
              key: 'broadcast.when.minute',
              params: { hour, minute: String(minute).padStart(2, '0') },
            }),
      weekday: text({ key: `common.weekday.${String(weekday)}` }),
      date: `${String(local.getUTCDate())}/${String(local.getUTCMonth() + 1)}`,
    },
  });
}
