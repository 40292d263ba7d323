import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { GroupRow } from '#src/app/groups/import-groups.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { FileProblem } from './output.ts';
import { neighbourhoodOf } from './plan-names.ts';

const COLUMNS = ['channel', 'chat_id', 'title', 'khu_pho', 'kind'] as const;
type Column = (typeof COLUMNS)[number];
type Cells = Readonly<Record<Column, string>>;

/** All rows, also those with a problem. */
export interface GroupFile {
  readonly rows: readonly GroupRow[];
  readonly problems: readonly FileProblem[];
}

/** csv-parse's `info: true`: the line in which the record ends, its first being 1. */
const parsedSchema = z.array(
  z.object({ info: z.object({ lines: z.number() }), record: z.record(z.string(), z.string()) }),
);

/**
 * Reads a table of groups as people and spreadsheets write it: UTF-8 with or without a mark at its start, separated by
 * commas, semicolons or tabs, columns in any order. A neighbourhood is its id or its name.
 */
export function readGroupFile(file: string, plan: Plan): GroupFile {
  const only = (...problems: readonly (readonly [number, string, string])[]): GroupFile => ({
    rows: [],
    problems: problems.map(([line, field, message]) => ({ file, line, field, message })),
  });
  const text = textOf(file);
  if (text === null) return only([1, '(file)', 'cannot be read, or is not UTF-8']);
  const head = text.split(/\r?\n/u, 1)[0] ?? '';
  const delimiter = separatorOf(head);
  const missing = COLUMNS.filter((name) => !namesIn(head, delimiter).includes(name));
  if (missing.length > 0) {
    const message = `is missing; the first line names the columns ${COLUMNS.join(',')}`;
    return only(...missing.map((name) => [1, name, message] as const));
  }
  try {
    const columns = (names: readonly string[]): string[] => names.map(columnName);
    const options = { columns, trim: true, skip_empty_lines: true, info: true, delimiter };
    return rowsOf(file, parsedSchema.parse(parse(text, options)), plan);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = Reflect.get(error, 'lines');
    return only([typeof line === 'number' ? line : 1, '(row)', rowMessage(error.code)]);
  }
}

const rowMessage = (code: string): string =>
  code.includes('QUOTE')
    ? 'a quotation mark stands where none may: write "..." around the cell and "" for each mark in it'
    : 'has more or fewer cells than the first line';

function textOf(file: string): string | null {
  try {
    // The decoder also drops the mark at the start.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch {
    return null;
  }
}

const separatorOf = (head: string): string =>
  [';', '\t'].find((mark) => head.includes(mark) && !head.includes(',')) ?? ',';

const columnName = (name: string): string => name.trim().toLowerCase();

const namesIn = (head: string, delimiter: string): readonly string[] =>
  head.split(delimiter).map((name) => columnName(name.replaceAll('"', '')));

function rowsOf(file: string, parsed: z.infer<typeof parsedSchema>, plan: Plan): GroupFile {
  const rows: GroupRow[] = [];
  const problems: FileProblem[] = [];
  const lineOfChat = new Map<string, number>();
  for (const { info, record } of parsed) {
    const cells = Object.fromEntries(COLUMNS.map((name) => [name, record[name] ?? ''])) as Cells;
    const row = toRow(info.lines, cells, plan);
    const chat = `${row.channel} ${row.chatId}`;
    const before = lineOfChat.get(chat);
    const wrong = [
      ...cellProblems(row, cells),
      ...(before === undefined || row.chatId === ''
        ? []
        : [['chat_id', `${quoted(row.chatId)} stands in line ${String(before)} already`] as const]),
    ];
    problems.push(...wrong.map(([field, message]) => ({ file, line: row.line, field, message })));
    lineOfChat.set(chat, before ?? row.line);
    rows.push(row);
  }
  return { rows, problems };
}

function toRow(line: number, cells: Cells, plan: Plan): GroupRow {
  return {
    line,
    channel: cells.channel.toLowerCase(),
    chatId: cells.chat_id,
    title: cells.title.normalize('NFC'),
    neighbourhood: neighbourhoodOf(plan, cells.khu_pho)?.id ?? cells.khu_pho,
    kind: cells.kind.toLowerCase(),
  };
}

/** What only the file can be blamed for; the plan's side is judged by the use case. */
function cellProblems(row: GroupRow, cells: Cells): readonly (readonly [Column, string])[] {
  // A spreadsheet shows long numbers as -1,00123E+12 and saves what it shows.
  const isChat = row.channel !== 'telegram' || /^-?\d+$/u.test(row.chatId);
  return [
    ...(row.chatId !== '' && !isChat
      ? ([
          ['chat_id', `${quoted(cells.chat_id)} is not a number; give the column the format "text"`],
        ] as const)
      : []),
    ...(row.title === '' ? ([['title', 'is empty']] as const) : []),
  ];
}

export const quoted = (words: string): string => `"${words}"`;
