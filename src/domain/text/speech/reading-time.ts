import { syllables } from './sentences.ts';

/** A neighbourhood's announcer, with the pauses at the signs: about 140 syllables a minute in all. */
const SYLLABLES_A_SECOND = 3.2;
const COMMA_SECONDS = 0.25;
const SENTENCE_SECONDS = 0.6;
const PARAGRAPH_SECONDS = 1;
/** Nobody reads to the second. */
const STEP_SECONDS = 5;

export interface ReadingTime {
  readonly minutes: number;
  readonly seconds: number;
}

/** How long a script takes to read aloud at a quiet pace, up to the next five seconds; never nothing. */
export function readingTime(script: string): ReadingTime {
  const count = (pattern: RegExp) => script.match(pattern)?.length ?? 0;
  const seconds =
    syllables(script) / SYLLABLES_A_SECOND +
    count(/[,;:]/gu) * COMMA_SECONDS +
    count(/[.!?]/gu) * SENTENCE_SECONDS +
    count(/\n+/gu) * PARAGRAPH_SECONDS;
  const whole = Math.max(1, Math.ceil(seconds / STEP_SECONDS)) * STEP_SECONDS;
  return { minutes: Math.floor(whole / 60), seconds: whole % 60 };
}
