import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trimText, withDetected } from '#dev/sandbox/telegram/entities.ts';
import { parseHtml } from '#dev/sandbox/telegram/html.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe("Telegram's HTML", () => {
  it('gives back any escaped text as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parseHtml(escape(text))).toEqual({ ok: true, text, entities: [] });
      }),
    );
  });

  it('reads nested tags, links, quotes and code with its language', () => {
    const html =
      '<b>a<i>b</i></b> <a href="https://x.vn/?a=1&amp;b=2">c</a><blockquote expandable>d</blockquote>';
    expect(parseHtml(`${html}<pre><code class="language-ts">e</code></pre>`)).toEqual({
      ok: true,
      text: 'ab cde',
      entities: [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
        { type: 'text_link', offset: 3, length: 1, url: 'https://x.vn/?a=1&b=2' },
        { type: 'expandable_blockquote', offset: 4, length: 1 },
        { type: 'pre', offset: 5, length: 1, language: 'ts' },
      ],
    });
  });

  it.each([
    ['ệ<h1>', 'Unsupported start tag "h1" at byte offset 3'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['1 <', 'Unclosed start tag at byte offset 2'],
  ])('refuses %s', (html, detail) => {
    expect(parseHtml(html)).toEqual({ ok: false, detail: `can't parse entities: ${detail}` });
  });
});

describe('the entities of a text', () => {
  it('finds commands, mentions, hashtags and links, but not inside of what was given', () => {
    const text = '/start@a_bot hi @someone #khu_phố https://x.vn/a.';
    expect(
      withDetected(text, []).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]),
    ).toEqual([
      ['bot_command', '/start@a_bot'],
      ['mention', '@someone'],
      ['hashtag', '#khu_phố'],
      ['url', 'https://x.vn/a'],
    ]);
    expect(withDetected('@someone', [{ type: 'code', offset: 0, length: 8 }])).toHaveLength(1);
  });

  it('move along when blanks are dropped', () => {
    expect(trimText('  ab ', [{ type: 'bold', offset: 1, length: 2 }])).toEqual({
      text: 'ab',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
    });
  });
});
