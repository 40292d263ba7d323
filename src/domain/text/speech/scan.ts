import type { Doubt } from './speech-words.ts';

export interface Found {
  /** The whole match and its groups. */
  readonly groups: readonly (string | undefined)[];
  /** The line before the match, and after it, as written. */
  readonly before: string;
  readonly after: string;
  readonly doubt: (doubt: Doubt) => void;
}

/** Reads one kind of thing: a date, an amount, a short form. `say` answers null when it is something else after all. */
export interface Reader {
  /** Sticky and unicode. */
  readonly pattern: RegExp;
  readonly say: (found: Found) => string | null;
}

/**
 * Walks once through a line; at each place the first reader that knows what stands there says it, so that nothing is read
 * twice. Every character belongs to some reader: the last of them must take any.
 */
export function scan(line: string, readers: readonly Reader[], doubt: (doubt: Doubt) => void): string {
  let spoken = '';
  let at = 0;
  while (at < line.length) {
    const said = sayAt(line, at, readers, doubt);
    // What is said in the place of symbols stands apart from the letters around it.
    const runsTogether = /[\p{L}\p{M}]$/u.test(spoken) && /^\p{L}/u.test(said.words);
    spoken += runsTogether ? ` ${said.words}` : said.words;
    at = said.end;
  }
  return spoken;
}

function sayAt(
  line: string,
  at: number,
  readers: readonly Reader[],
  doubt: Found['doubt'],
): { readonly words: string; readonly end: number } {
  for (const { pattern, say } of readers) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (!match || match[0] === '') continue;
    const end = at + match[0].length;
    const words = say({ groups: match, before: line.slice(0, at), after: line.slice(end), doubt });
    if (words !== null) return { words, end };
  }
  throw new Error(`no reader takes ${JSON.stringify(line[at])}`);
}

/** Does what stands before a match end like this? Only as far back as a context can be. */
export function endsWith(before: string, context: RegExp): boolean {
  return context.test(before.slice(-80));
}

/** For a table's keys in a pattern: the longest first, so that UBMTTQ is not read as UB. */
export function alternatives(keys: Iterable<string>): string {
  const escaped = [...keys]
    .sort((one, other) => other.length - one.length)
    .map((key) => key.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&'));
  // An empty table matches nothing at all.
  return escaped.length === 0 ? '(?!)' : escaped.join('|');
}
