import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '#src/domain/plan.ts';
import { type GroupFile, readGroupFile } from '#src/main/commands/group-file.ts';
import { neighbourhoodOf, unitOf } from '#src/main/commands/plan-names.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

let plan: Plan;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loa-phuong-csv-'));
  const loaded = await loadPlanFolder('plans/bai-chay-2024.yaml', 'plans/posts');
  if (!loaded.ok) throw new Error('the plan does not load');
  ({ plan } = loaded);
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string | Uint8Array): GroupFile {
  const path = join(folder, 'nhom.csv');
  writeFileSync(path, content);
  return readGroupFile(path, plan);
}

const problemsOf = (content: string | Uint8Array): readonly string[] =>
  read(content).problems.map(({ line, field }) => `${String(line)} ${field}`);

const HEAD = 'channel,chat_id,title,khu_pho,kind\n';

describe('a file of groups', () => {
  it('is read as a spreadsheet saves it, with the lines that a person sees', () => {
    const saved =
      '\uFEFF"Kind";KHU_PHO;title;chat_id;channel\r\n\r\n;Khu 5A;"Bà con; ""5A""";-1001234567890;Telegram\r\n';
    expect(read(saved)).toEqual({
      problems: [],
      rows: [
        {
          line: 3,
          channel: 'telegram',
          chatId: '-1001234567890',
          title: 'Bà con; "5A"',
          neighbourhood: 'khu-5a',
          kind: '',
        },
      ],
    });
  });

  it('keeps a neighbourhood that it does not know as it was written, for the message', () => {
    expect(read(`${HEAD}telegram,-1,A,Khu 77,\n`).rows[0]?.neighbourhood).toBe('Khu 77');
  });

  it.each([
    ['a number that a spreadsheet has shortened', `${HEAD}telegram,"-1,00123E+12",A,,\n`, ['2 chat_id']],
    ['no title', `${HEAD}zalo,1,,,\n`, ['2 title']],
    ['a chat named twice', `${HEAD}zalo,1,A,,\n\nzalo,1,B,,\n`, ['4 chat_id']],
    ['missing columns', 'channel,title\nzalo,A\n', ['1 chat_id', '1 khu_pho', '1 kind']],
    ['a row with other cells', `${HEAD}zalo,1,A,,\nzalo,2\n`, ['3 (row)']],
    ['a lonely quotation mark', `${HEAD}zalo,1,A "b,,\n`, ['2 (row)']],
    ['nothing', '', ['1 channel', '1 chat_id', '1 title', '1 khu_pho', '1 kind']],
    ['another encoding', Uint8Array.from([0xff, 0xfe, 0x63, 0x00]), ['1 (file)']],
  ])('with %s is refused by line and column', (_what, content, expected) => {
    expect(problemsOf(content)).toEqual(expected);
  });
});

describe('what a person calls', () => {
  it.each([
    ['khu-3', 'khu-3'],
    ['KHU-5A', 'khu-5a'],
    ['Khu 3', 'khu-3'],
    ['khu phố 5a', 'khu-5a'],
    ['5', 'khu-5'],
    ['Khu 77', undefined],
    ['', undefined],
  ])('the neighbourhood "%s" is %s', (words, id) => {
    expect(neighbourhoodOf(plan, words)?.id).toBe(id);
  });

  it('a unit is its id or its one name, tone marks or not; a name that two have is nobody', () => {
    expect(unitOf(plan, 'office')?.id).toBe('office');
    expect(unitOf(plan, 'bo phan van phong')?.id).toBe('office');
    expect(unitOf(plan, 'Phòng Văn hóa – Xã hội')).toBeNull();
    expect(unitOf(plan, 'nowhere')).toBeNull();
  });
});
