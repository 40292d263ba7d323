import { localDateOf, localTimeOf, weekdayOf } from '#src/domain/calendar/local-time.ts';
import type { Someone } from '#dev/world/people.ts';

/** Writes the story down, line by line: when by the ward's clock, who, on which platform, and what they see. */
export interface Teller {
  title(words: string): void;
  /** A new day or hour. */
  moment(words: string): void;
  note(words: string): void;
  said(who: string, channel: string, words: string): void;
  saw(who: string, channel: string, words: string): void;
  line(words: string): void;
}

/** Somebody of the story: what they say and hear is told as it happens. */
export interface Actor extends Someone {
  /** As the story calls them: "chị Hà". */
  readonly called: string;
}

const CHANNEL = { telegram: 'Telegram', zalo: 'Zalo' } as const;

const WEEKDAYS = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const WIDTH = 110;

const COLOURS = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;

/** Coloured only where a person looks at it. */
export function paint(words: string, colour: keyof typeof COLOURS, isTty = process.stdout.isTTY): string {
  return isTty ? `\u001B[${String(COLOURS[colour])}m${words}\u001B[0m` : words;
}

function spokenDay(ms: number): string {
  const [year = '', month = '', day = ''] = localDateOf(ms).split('-');
  return `${WEEKDAYS[weekdayOf(localDateOf(ms))] ?? ''} ${day}/${month}/${year}`;
}

export function createTeller(nowMs: () => number, write: (line: string) => void): Teller {
  const head = (who: string, channel: string): string =>
    `  ${paint(localTimeOf(nowMs()), 'dim')}  ${who.padEnd(18)} ${paint(channel.padEnd(8), 'dim')} `;
  return {
    title: (words) => {
      write('');
      write(paint(`━━ ${words}`, 'bold'));
    },
    moment: (words) => {
      write(paint(`\n  ◷ ${localTimeOf(nowMs())} ${spokenDay(nowMs())} · ${words}`, 'cyan'));
    },
    note: (words) => {
      write(`  ${paint(localTimeOf(nowMs()), 'dim')}  ${paint(`· ${words}`, 'dim')}`);
    },
    said: (who, channel, words) => {
      write(`${head(who, channel)}${paint('▸', 'green')} ${shorten(words)}`);
    },
    saw: (who, channel, words) => {
      write(`${head(who, channel)}${paint('◂', 'blue')} ${shorten(words)}`);
    },
    line: write,
  };
}

/** A few words are enough to follow; the whole message stands in the sandbox. */
function shorten(words: string): string {
  const flat = words.replace(/\s*\n+\s*/gu, ' ⏎ ').trim();
  return flat.length <= WIDTH ? flat : `${flat.slice(0, WIDTH - 1).trimEnd()}…`;
}

export function createActor(someone: Someone, called: string, teller: Teller): Actor {
  const channel = CHANNEL[someone.platform];
  return {
    ...someone,
    called,
    say(words) {
      teller.said(called, channel, words);
      someone.say(words);
    },
    sendPhoto() {
      teller.said(called, channel, '[ảnh]');
      someone.sendPhoto();
    },
    sendVoice() {
      teller.said(called, channel, '[ghi âm]');
      someone.sendVoice();
    },
    tap(label) {
      teller.said(called, channel, `[bấm ${label}]`);
      someone.tap(label);
    },
    async hear(words, timeoutMs) {
      const text = await someone.hear(words, timeoutMs);
      teller.saw(called, channel, text);
      return text;
    },
  };
}
