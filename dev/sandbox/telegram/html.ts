import type { WireEntity } from './wire.ts';

export type ParsedText =
  | { readonly ok: true; readonly text: string; readonly entities: readonly WireEntity[] }
  | { readonly ok: false; readonly detail: string };

/** Tag → entity, from the Bot API's "HTML style". */
const plainTags: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-emoji': 'custom_emoji',
  span: 'spoiler',
};

const namedCharacters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly offset: number;
}

const decodeCharacters = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return namedCharacters[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const attributesOf = (text: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi)) {
    found[(match[1] ?? '').toLowerCase()] = decodeCharacters(match[2] ?? match[3] ?? match[4] ?? '');
  }
  return found;
};

const entityOf = (open: OpenTag, length: number): WireEntity | undefined => {
  const type = plainTags[open.tag];
  if (type === undefined || length === 0) return undefined;
  const base = { type, offset: open.offset, length };
  if (open.tag === 'a') {
    const url = open.attributes['href'];
    return url === undefined || url === '' ? undefined : { ...base, url };
  }
  if (open.tag === 'tg-emoji') return { ...base, custom_emoji_id: open.attributes['emoji-id'] ?? '' };
  if (open.tag === 'blockquote' && 'expandable' in open.attributes)
    return { ...base, type: 'expandable_blockquote' };
  return base;
};

/** A `<code class="language-x">` that fills a `<pre>` is one entity: the block with its language. */
const joinCodeBlocks = (
  entities: readonly WireEntity[],
  languages: ReadonlyMap<number, string>,
): WireEntity[] => {
  const isInner = (entity: WireEntity): boolean =>
    entity.type === 'code' &&
    entities.some(
      (pre) => pre.type === 'pre' && pre.offset === entity.offset && pre.length === entity.length,
    );
  return entities
    .filter((entity) => !isInner(entity))
    .map((entity) => {
      const language = entity.type === 'pre' ? languages.get(entity.offset) : undefined;
      return language === undefined ? entity : { ...entity, language };
    });
};

/** Reads the Bot API's HTML; `detail` is said the way the platform says it. */
export const parseHtml = (html: string): ParsedText => {
  const open: OpenTag[] = [];
  const entities: WireEntity[] = [];
  const languages = new Map<number, string>();
  let text = '';
  let at = 0;
  const refuse = (detail: string): ParsedText => ({ ok: false, detail: `can't parse entities: ${detail}` });
  const byteOffset = (index: number): number => Buffer.byteLength(html.slice(0, index));
  while (at < html.length) {
    const next = html.indexOf('<', at);
    text += decodeCharacters(html.slice(at, next === -1 ? html.length : next));
    if (next === -1) break;
    const end = html.indexOf('>', next);
    if (end === -1) return refuse(`Unclosed start tag at byte offset ${byteOffset(next)}`);
    const inside = html.slice(next + 1, end);
    at = end + 1;
    if (inside.startsWith('/')) {
      const last = open.pop();
      const name = inside.slice(1).trim().toLowerCase();
      if (last === undefined) return refuse(`Unexpected end tag at byte offset ${byteOffset(next)}`);
      if (name !== '' && name !== last.tag) {
        return refuse(
          `Unmatched end tag at byte offset ${byteOffset(next)}, expected "</${last.tag}>", found "</${name}>"`,
        );
      }
      const entity = entityOf(last, text.length - last.offset);
      if (entity !== undefined) entities.push(entity);
      continue;
    }
    const tag = (/^[^\s>]*/.exec(inside)?.[0] ?? '').toLowerCase();
    const attributes = attributesOf(inside.slice(tag.length));
    const spoilerSpan = tag === 'span' && attributes['class'] === 'tg-spoiler';
    if (!(tag in plainTags) || (tag === 'span' && !spoilerSpan)) {
      return refuse(`Unsupported start tag "${tag}" at byte offset ${byteOffset(next)}`);
    }
    if (tag === 'code' && attributes['class']?.startsWith('language-')) {
      languages.set(text.length, attributes['class'].slice('language-'.length));
    }
    open.push({ tag, attributes, offset: text.length });
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    return refuse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  const sorted = entities.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return { ok: true, text, entities: joinCodeBlocks(sorted, languages) };
};
