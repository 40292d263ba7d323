import type { Case } from '#src/domain/case.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { App } from '../app.ts';
import type { FetchedFile } from '../ports/channel.ts';

export interface DataFile {
  readonly name: string;
  readonly file: FetchedFile;
}

/** What the ward holds of somebody, for a program and for a person. */
export function dataFiles({ texts }: Pick<App, 'texts'>, cases: readonly Case[]): readonly DataFile[] {
  const rows = cases.map(
    ({ code, residentName, text, place, phone, answer, createdAtMs, mediaIds, consent }) => ({
      code,
      day: localDateOf(createdAtMs),
      text,
      place: place.text,
      location: place.location,
      name: residentName,
      phone,
      answer,
      files: mediaIds.length,
      consent: consent ?? null,
    }),
  );
  const title = texts.render({ key: 'mydata.title' });
  return [
    { name: 'du-lieu.json', file: fileOf(JSON.stringify(rows, null, 2), 'application/json') },
    { name: 'du-lieu.html', file: fileOf(htmlOf(title, rows), 'text/html') },
  ];
}

const fileOf = (words: string, contentType: string): FetchedFile => ({
  bytes: new TextEncoder().encode(words),
  contentType,
});

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => words.replace(/[&<>"]/gu, (sign) => ESCAPES[sign] ?? sign);

function htmlOf(title: string, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const cell = (value: unknown): string =>
    `<td>${escaped(value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value))}</td>`;
  const head = Object.keys(rows[0] ?? {}).map((name) => `<th>${escaped(name)}</th>`);
  const body = rows.map((row) => `<tr>${Object.values(row).map(cell).join('')}</tr>`);
  return [
    `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>`,
    `<table border="1"><tr>${head.join('')}</tr>${body.join('')}</table>`,
  ].join('\n');
}
