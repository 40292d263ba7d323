/**
 * Simple formatting. People type marks (`*đậm*`, `_nghiêng_`); what goes out is plain text with spans beside it, so that no
 * platform ever parses a markup and relayed words can format nothing by accident.
 *
 * No library: the common ones read Markdown, in which a lone `*` or `_` of ordinary prose, a list or a link already means
 * something, and none of them gives offsets in composed (NFC) UTF-16 units, which is what the platforms count.
 */
export type SpanKind = 'bold' | 'italic';

/** Offset and length in UTF-16 units of the composed text. */
export interface TextSpan {
  readonly kind: SpanKind;
  readonly offset: number;
  readonly length: number;
}

export interface FormattedText {
  /** NFC. */
  readonly text: string;
  /** By offset, then kind; those of one kind neither overlap nor touch. */
  readonly spans: readonly TextSpan[];
}

export const plain = (text: string): FormattedText => ({ text, spans: [] });

const KIND_OF: Readonly<Record<string, SpanKind>> = { '*': 'bold', _: 'italic' };
const ADDRESS = /https?:\/\/[^\s*\\]*[^\s*_\\]/gu;
const TOKENS = /https?:\/\/[^\s*\\]*[^\s*_\\]|\\[*_\\]|\*{1,2}|_{1,2}|\n/gu;
const WORD = /[\p{L}\p{N}\p{M}]+|[\u{10000}-\u{10FFFF}]/gu;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

interface Mark {
  readonly at: number;
  readonly token: string;
}

/**
 * Reads the marks. A pair stands within one line, at the edge of words ("2*3*4" and "ten_tep_tin" hold none) and outside of
 * addresses; `**đậm**` is taken like `*đậm*`, and a backslash makes the next mark a letter. A mark without its other half stays
 * what was typed.
 */
export function parseMarks(marked: string): FormattedText {
  const source = marked.normalize('NFC');
  const { pairs, dropped } = findMarks(source);
  let text = '';
  let from = 0;
  const places = new Map<number, number>();
  for (const { at, length } of dropped.toSorted((a, b) => a.at - b.at)) {
    text += source.slice(from, at);
    places.set(at, text.length);
    from = at + length;
  }
  text += source.slice(from);
  const spans = pairs.map(({ kind, open, close }) => {
    const offset = places.get(open) ?? 0;
    return { kind, offset, length: (places.get(close) ?? offset) - offset };
  });
  return { text, spans: tidySpans(spans) };
}

interface Found {
  readonly pairs: readonly { readonly kind: SpanKind; readonly open: number; readonly close: number }[];
  /** What is no part of the text: matched marks, and the backslash of an escaped one. */
  readonly dropped: readonly { readonly at: number; readonly length: number }[];
}

function findMarks(source: string): Found {
  const pairs: { kind: SpanKind; open: number; close: number }[] = [];
  const dropped: { at: number; length: number }[] = [];
  let open: Mark[] = [];
  for (const { 0: token, index: at } of source.matchAll(TOKENS)) {
    if (token === '\n') open = [];
    else if (token.startsWith('\\')) dropped.push({ at, length: 1 });
    const kind = KIND_OF[token.charAt(0)];
    if (kind === undefined) continue;
    const before = charBefore(source, at);
    const after = charAfter(source, at + token.length);
    const partner = open.findLastIndex((mark) => mark.token === token);
    if (partner >= 0 && isWord(before) && !LETTER.test(after)) {
      const opening = open[partner]?.at ?? 0;
      pairs.push({ kind, open: opening, close: at });
      dropped.push({ at: opening, length: token.length }, { at, length: token.length });
      open = open.slice(0, partner);
    } else if (partner < 0 && isWord(after) && !LETTER.test(before)) open.push({ at, token });
  }
  return { pairs, dropped };
}

const isWord = (char: string): boolean => char !== '' && !/\s/u.test(char);
const charBefore = (text: string, at: number): string =>
  Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
const charAfter = (text: string, at: number): string => Array.from(text.slice(at, at + 2))[0] ?? '';

/**
 * Writes spans of any text (a forwarded message's) as marks, so that `parseMarks` finds them again. Marks stand at the edge of
 * words and within one line: a span that begins inside a word takes the whole word, one over several lines becomes several.
 */
export function toMarks(text: string, spans: readonly TextSpan[]): string {
  const bold = covered(text, spans, 'bold');
  const italic = covered(text, spans, 'italic');
  return text
    .split('\n')
    .reduce<{ readonly lines: readonly string[]; readonly at: number }>(
      ({ lines, at }, line) => ({
        lines: [...lines, readableLine(line, (index) => [bold.has(at + index), italic.has(at + index)])],
        at: at + line.length + 1,
      }),
      { lines: [], at: 0 },
    )
    .lines.join('\n');
}

type Style = readonly [isBold: boolean, isItalic: boolean];

/** Formatting that no mark can express (a sign grown together with a word) is given up; the words never are. */
function readableLine(line: string, styleAt: (index: number) => Style): string {
  const marked = markedLine(line, styleAt);
  return parseMarks(marked).text === line.normalize('NFC') ? marked : markedLine(line, () => [false, false]);
}

function markedLine(line: string, styleAt: (index: number) => Style): string {
  let out = '';
  let open: Style = [false, false];
  let blanks = '';
  const to = (style: Style) => {
    const reopens = open[0] !== style[0];
    if (open[1] && (!style[1] || reopens)) out += '_';
    if (open[0] && !style[0]) out += '*';
    out += blanks;
    blanks = '';
    if (style[0] && !open[0]) out += '*';
    if (style[1] && (!open[1] || reopens)) out += '_';
    open = style;
  };
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    // A mark never touches a blank on its inner side: blanks wait for what comes after them.
    if (/\s/u.test(char)) {
      blanks += char;
      continue;
    }
    to(styleAt(index));
    out += /[*_\\]/u.test(char) && !insideAddress(line, index) ? `\\${char}` : char;
  }
  to([false, false]);
  return out;
}

function insideAddress(line: string, index: number): boolean {
  return Array.from(line.matchAll(ADDRESS)).some(
    (match) => match.index <= index && index < match.index + match[0].length,
  );
}

/** The units of the text under spans of a kind, widened to whole words and addresses. */
function covered(text: string, spans: readonly TextSpan[], kind: SpanKind): ReadonlySet<number> {
  const units = new Set<number>();
  const words = [...text.matchAll(ADDRESS), ...text.matchAll(WORD)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  for (const span of spans) {
    if (span.kind !== kind) continue;
    const end = span.offset + span.length;
    const first = words.find(([from, to]) => from < span.offset && span.offset < to)?.[0] ?? span.offset;
    const last = words.find(([from, to]) => from < end && end < to)?.[1] ?? end;
    for (let index = Math.max(0, first); index < Math.min(last, text.length); index += 1) units.add(index);
  }
  return units;
}

/** The part from `start` to `end`, with what is left of the spans in it. */
export function sliceFormatted({ text, spans }: FormattedText, start: number, end: number): FormattedText {
  const kept = spans.flatMap((span) => {
    const from = Math.max(span.offset, start);
    const to = Math.min(span.offset + span.length, end);
    return to > from ? [{ ...span, offset: from - start, length: to - from }] : [];
  });
  return { text: text.slice(start, end), spans: kept };
}

/** One text after the other. */
export function joinFormatted(texts: readonly FormattedText[], separator: string): FormattedText {
  let text = '';
  const spans: TextSpan[] = [];
  for (const [index, one] of texts.entries()) {
    if (index > 0) text += separator;
    spans.push(...one.spans.map((span) => ({ ...span, offset: span.offset + text.length })));
    text += one.text;
  }
  return { text, spans: tidySpans(spans) };
}

/** In order, empty ones left out, and those of one kind that touch made one. */
function tidySpans(spans: readonly TextSpan[]): readonly TextSpan[] {
  const tidied: TextSpan[] = [];
  for (const kind of ['bold', 'italic'] as const) {
    for (const span of spans
      .filter((one) => one.kind === kind && one.length > 0)
      .toSorted((a, b) => a.offset - b.offset)) {
      const last = tidied.at(-1);
      const end = span.offset + span.length;
      if (last?.kind === kind && last.offset + last.length >= span.offset) {
        tidied[tidied.length - 1] = { ...last, length: Math.max(last.length, end - last.offset) };
      } else tidied.push(span);
    }
  }
  return tidied.toSorted((a, b) => a.offset - b.offset || (a.kind < b.kind ? -1 : 1));
}
