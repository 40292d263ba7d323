import { type SpanKind, type TextSpan, toMarks } from '#src/domain/text/formatted-text.ts';

const KIND_OF: Readonly<Record<string, SpanKind>> = { strong: 'bold', b: 'bold', em: 'italic', i: 'italic' };
const LETTER_OF: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const PARAGRAPHS = /^(?:p|h[1-6]|table)$/u;

/**
 * The words of the few tags that mammoth writes, with bold and italic as marks: paragraphs apart by an empty line, list
 * entries and table rows in a line each, pictures left out. No library: it is no HTML of the world, and what they make of it
 * is Markdown, which is not what people type here.
 */
export function markedOfHtml(html: string): string {
  let words = '';
  const spans: TextSpan[] = [];
  const open: { readonly kind: SpanKind; readonly offset: number }[] = [];
  const apart = (breaks: string): void => {
    if (words !== '' && !words.endsWith(breaks)) words = words.trimEnd() + breaks;
  };
  let inCell = false;
  for (const { 0: token } of html.matchAll(/<[^>]*>|[^<]+/gu)) {
    if (!token.startsWith('<')) {
      words += token.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => LETTER_OF[name] ?? '');
      continue;
    }
    const isEnd = token.startsWith('</');
    const name = /^<\/?([a-z0-9]+)/u.exec(token)?.[1] ?? '';
    const kind = KIND_OF[name];
    if (kind && !isEnd) open.push({ kind, offset: words.length });
    else if (kind) {
      const at = open.findLastIndex((one) => one.kind === kind);
      const [started] = at < 0 ? [] : open.splice(at, 1);
      if (started) spans.push({ ...started, length: words.length - started.offset });
    } else if (name === 'br') words += '\n';
    else if (name === 'td' || name === 'th') {
      if (isEnd) words = `${words.trimEnd()} `;
      inCell = !isEnd;
    } else if (name === 'tr') apart('\n');
    else if (name === 'li') {
      apart('\n');
      if (!isEnd) words += '- ';
    } else if (PARAGRAPHS.test(name) && !inCell) apart('\n\n');
  }
  return toMarks(words, spans);
}
