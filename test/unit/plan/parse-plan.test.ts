import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlanProblem } from '#src/domain/plan-post.ts';
import { loadPlanFolder, parsePlan, parsePost } from '#src/plan/load-plan.ts';

const FILE = 'plans/dao-thong-2026.yaml';
const PLAN_TEXT = readFileSync(FILE, 'utf8');
const POST_TEXT = readFileSync('plans/posts-dao-thong/TT-01-1.md', 'utf8');

/** Replaces the only occurrence; a fixture that moved must fail here, not pass by not changing anything. */
function edit(text: string, from: string, to: string): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, () => to);
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

function problemsOf(from: string, to: string): { problems: PlanProblem[]; line: number } {
  const text = edit(PLAN_TEXT, from, to);
  const parsed = parsePlan(FILE, text);
  if (parsed.ok) throw new Error('expected the plan to be refused');
  return { problems: parsed.problems, line: lineOf(text, to) };
}

describe('parsePlan', () => {
  it('loads a second ward without a change of code', async () => {
    const loaded = await loadPlanFolder(FILE, 'plans/posts-dao-thong');
    expect(loaded).toMatchObject({
      ok: true,
      plan: {
        ward: { code: 'dao-thong', year: 2026 },
        cases: { silenceRule: 'case-silence', dueSoonWorkingDays: 1 },
      },
      posts: [{ id: 'TT-01-1', owner: 'culture-society' }],
    });
  });

  it.each([
    ['a wrong time', "from: '07:00'", "from: '7 giờ'", 'ward.officeHours.periods[0].from'],
    ['a day that does not exist', 'planDate: 2026-01-12', 'planDate: 2026-02-30', 'ward.planDate'],
    [
      'a yearly day that does not exist',
      'before: { month: 12, day: 5 }',
      'before: { month: 2, day: 30 }',
      'deadlines[0].before',
    ],
    ['a rhythm of no calendar', 'on: [{ day: 31 }]', 'on: [{ day: 32 }]', 'routines[0].on[0]'],
    ['a term without a unit', 'term: 5wd', 'term: 5', 'rules[0].term'],
    ['a term in an unknown unit', 'term: 5wd', 'term: 5 tuần', 'rules[0].term'],
    ['an unknown duty', 'duty: report', 'duty: reports', 'obligations[1].duty'],
    ['a misspelt key', 'channels: [zalo, loudspeaker]', 'chanels: [zalo]', 'topics[0].chanels'],
    ['an unknown channel', 'channels: [zalo, loudspeaker]', 'channels: [zalo, fax]', 'topics[0].channels[1]'],
    ['an id that is no slug', 'id: beach', 'id: Bãi biển', 'categories[0].id'],
  ])('names file, line and field of %s', (_, from, to, field) => {
    const { problems, line } = problemsOf(from, to);
    expect(problems).toContainEqual(expect.objectContaining({ file: FILE, line, field }));
    expect(problems.every(({ message }) => message !== '')).toBe(true);
  });

  it('refuses letters that nobody handles or whose time is not one of days', () => {
    const file = 'plans/bai-chay-2024.yaml';
    const plan = readFileSync(file, 'utf8');
    const wrong = [
      ['unit: justice-registry\n    petitionRule', 'unit: chairperson\n    petitionRule', 'unit'],
      ['petitionRule: petition-answer', 'petitionRule: case-danger', 'petitionRule'],
      ['complexRule: complaint-first-complex', 'complexRule: nothing', 'complaint.complexRule'],
    ] as const;
    for (const [from, to, field] of wrong) {
      const parsed = parsePlan(file, edit(plan, from, to));
      expect(parsed).toMatchObject({ ok: false, problems: [{ field: `cases.letters.${field}` }] });
    }
  });

  it('keeps no board of procedures where the plan has none, and refuses one that hangs on nothing', () => {
    expect(parsePlan(FILE, PLAN_TEXT)).toMatchObject({ ok: true, plan: { procedures: null } });
    const file = 'plans/bai-chay-2024.yaml';
    const plan = readFileSync(file, 'utf8');
    const wrong = [
      ['inspection: KT-4', 'inspection: KT-40', 'procedures.inspection'],
      ['inspection: KT-4', 'inspection: KT-7', 'procedures.routine'],
      ['routine: NV-9', 'routine: NV-90', 'procedures.routine'],
      ['on: [{ weekday: 5 }]', 'on: [{ day: 5 }]', 'procedures.routine'],
      ['on: [{ weekday: 5 }]', 'on: [{ weekday: 5 }, { weekday: 2 }]', 'procedures.routine'],
      ['on: [{ weekday: 5 }]', 'on: [{ weekday: 8 }]', 'routines[8].on[0]'],
      ['watching: [office]', 'watching: [office, nobody]', 'procedures.watching[1]'],
    ] as const;
    for (const [from, to, field] of wrong)
      expect(parsePlan(file, edit(plan, from, to))).toMatchObject({ ok: false, problems: [{ field }] });
  });

  it('points at the item that lacks a key', () => {
    const { problems, line } = problemsOf('    document: Báo cáo năm\n', '    # không có tên văn bản\n');
    expect(problems).toEqual([expect.objectContaining({ field: 'deadlines[0].document', line: line - 2 })]);
  });

  it.each([
    ['a topic of an unknown unit', 'owner: culture-society', 'owner: nobody', 'topics[0].owner'],
    [
      'a topic of an unknown obligation',
      'obligation: A1-1\n    verbatim',
      'obligation: A1-9\n    verbatim',
      'topics[0].obligation',
    ],
    [
      'a deadline of an unknown obligation',
      'obligation: A1-2',
      'obligation: A1-9',
      'deadlines[0].obligation',
    ],
    ['a deadline nobody watches', 'supervisor: chairperson', 'supervisor: nobody', 'deadlines[0].supervisor'],
    [
      'what comes before something without days',
      'on: [{ day: 31 }]',
      'on: [{ aheadOf: NV-1, workingDays: 3 }]',
      'routines[0].on[0]',
    ],
    ['a routine nobody watches', 'supervisor: ward-office', 'supervisor: nobody', 'routines[0].supervisor'],
    [
      'an inspection of an unknown unit',
      'inspected: [culture-society]',
      'inspected: [nobody]',
      'inspections[0].inspected[0]',
    ],
    [
      'an obligation of an unknown unit',
      'units: [ward-office]',
      'units: [nobody]',
      'obligations[1].units[0]',
    ],
    ['a role without a name', 'id: editor, name', 'id: neighbourhood-head, name', 'units[1].roles[0]'],
    ['a category under an unknown rule', 'rule: answer\n', 'rule: nothing\n', 'categories[0].rule'],
    ['dates for an unannounced inspection', 'announced: true', 'announced: false', 'inspections[0].schedule'],
  ])('refuses %s', (_, from, to, field) => {
    const { problems } = problemsOf(from, to);
    expect(problems).toEqual([expect.objectContaining({ file: FILE, field })]);
  });

  it('gives a dangling reference the line on which it stands', () => {
    const { problems, line } = problemsOf('owner: culture-society', 'owner: nobody');
    expect(problems).toEqual([
      { file: FILE, line, field: 'topics[0].owner', message: 'unknown unit "nobody"' },
    ]);
  });

  it('refuses a category of a unit that handles no cases', () => {
    const { problems } = problemsOf('unit: ward-office\n', 'unit: culture-society\n');
    expect(problems).toMatchObject([{ field: 'categories[0].unit' }]);
  });

  it('refuses an emergency number that is not a hotline of the ward', () => {
    const { problems } = problemsOf('rule: answer\n', "rule: answer\n    emergency: ['999']\n");
    expect(problems).toMatchObject([{ field: 'categories[0].emergency[0]' }]);
  });

  it('gives a rule without a ladder that of its unit, else that of its kind', () => {
    const own = `  - for: routine
    unit: culture-society
    rungs: [{ workingDaysBefore: 3, at: '08:00', to: [responsible] }]
    overdue: { at: '08:00', to: [responsible] }
`;
    const rungOf = (text: string) => {
      const parsed = parsePlan(FILE, text);
      return parsed.ok ? parsed.plan.routines[0]?.ladder.rungs[0] : parsed.problems;
    };
    expect(rungOf(PLAN_TEXT)).toMatchObject({ workingDaysBefore: 1, at: '09:00' });
    expect(rungOf(edit(PLAN_TEXT, 'ladders:\n', `ladders:\n${own}`))).toMatchObject({
      workingDaysBefore: 3,
      at: '08:00',
    });
  });

  it.each([
    ['there is none for its kind', '- for: routine', '- for: given', 'routines[0].ladder'],
    [
      'the unit is unknown',
      'ladders:\n',
      "ladders:\n  - for: given\n    unit: nobody\n    rungs: [{ workingDaysBefore: 0, at: '09:00', to: [responsible] }]\n    overdue: { at: '09:00', to: [responsible] }\n",
      'ladders[0].unit',
    ],
    [
      'its rungs are out of order',
      '- for: routine\n    rungs: [',
      "- for: routine\n    rungs: [{ workingDaysBefore: 0, at: '09:00', to: [responsible] }, ",
      'ladders[0].rungs',
    ],
  ])('refuses a common ladder where %s, once', (_, from, to, field) => {
    expect(problemsOf(from, to).problems).toMatchObject([{ field }]);
  });

  it('takes what shows that a duty is done, or a list, and refuses a list too long to read', () => {
    const doneBy = (from: string): unknown => {
      const parsed = parsePlan(FILE, edit(PLAN_TEXT, 'doneBy: photo', from));
      return parsed.ok ? parsed.plan.routines[0]?.doneBy : parsed.problems[0]?.field;
    };
    expect(doneBy('doneBy: file')).toEqual({ kind: 'file' });
    expect(doneBy('supervises: x')).toBe('routines[0].supervises');
    expect(doneBy('doneBy: { checklist: [Dán, Chụp] }')).toEqual({
      kind: 'checklist',
      items: ['Dán', 'Chụp'],
    });
    expect(doneBy(`doneBy: { checklist: [${'a, '.repeat(8)}] }`)).toMatch(/^routines\[0\]\.doneBy/u);
  });

  it('refuses a ladder whose rungs are out of order', () => {
    const { problems } = problemsOf('workingDaysBefore: 5', 'workingDaysBefore: 0');
    expect(problems).toMatchObject([{ field: 'deadlines[0].ladder.rungs' }]);
  });

  it('refuses an id used twice, at its second place', () => {
    const { problems, line } = problemsOf('id: A1-2', 'id: A1-1');
    expect(problems[0]).toMatchObject({ field: 'obligations[1].id' });
    expect(problems[0]?.line).toBeGreaterThan(line);
  });

  it('keeps two versions of a rule apart by the day from which they hold', () => {
    const later =
      '  - { id: answer, label: Trả lời, term: 4wh, source: Luật mới, status: memory, effectiveFrom: 2026-07-01 }\n';
    expect(parsePlan(FILE, PLAN_TEXT + later)).toMatchObject({ ok: true });
    expect(parsePlan(FILE, PLAN_TEXT + later.replace('07-01', '01-01'))).toMatchObject({
      ok: false,
      problems: [{ field: 'rules[4].id', message: 'duplicate id "answer from 2026-01-01" in rules' }],
    });
  });

  it('follows an alias to the line where the value is written', () => {
    const shared = edit(PLAN_TEXT, 'units: [culture-society]', 'units: &us [nobody]');
    const text = edit(shared, 'inspected: [culture-society]', 'inspected: *us');
    const parsed = parsePlan(FILE, text);
    if (parsed.ok) throw new Error('expected the plan to be refused');
    expect(parsed.problems.map(({ line }) => line)).toEqual([lineOf(text, '&us'), lineOf(text, '&us')]);
  });

  it('reports broken YAML with its line instead of throwing', () => {
    const text = edit(PLAN_TEXT, 'year: 2026', 'year: [2026');
    const parsed = parsePlan(FILE, text);
    expect(parsed).toMatchObject({ ok: false });
    if (!parsed.ok) expect(parsed.problems[0]).toMatchObject({ file: FILE, field: '(yaml)' });
  });

  it.each(['', '- 1', 'null', 'plan: *nothing'])('refuses a file that is no plan: %j', (text) => {
    const parsed = parsePlan('x.yaml', text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems[0]).toMatchObject({ file: 'x.yaml', line: 1 });
  });
});

describe('parsePost', () => {
  const parsed = parsePlan(FILE, PLAN_TEXT);
  if (!parsed.ok) throw new Error('the plan of the fixture must load');
  const { plan } = parsed;

  it('splits front matter and text, in NFC, with any line ends', () => {
    const windows = POST_TEXT.normalize('NFD').replaceAll('\n', '\r\n');
    expect(parsePost('p.md', windows, plan)).toEqual(parsePost('p.md', POST_TEXT, plan));
  });

  it.each([
    ['an unknown topic', 'topic: TT-01\n', 'topic: TT-99\n', 'topic'],
    ['an unknown owner', 'owner: culture-society', 'owner: nobody', 'owner'],
    ['a post that approves itself', 'status: draft', 'status: approved', 'status'],
    ['a missing answer to whether a person is named', 'namesPerson: false', '# bỏ', 'namesPerson'],
  ])('refuses %s and names the field', (_, from, to, field) => {
    const result = parsePost('p.md', edit(POST_TEXT, from, to), plan);
    expect(result).toMatchObject({ ok: false, problems: [{ file: 'p.md', field }] });
  });

  it('counts lines from the first line of the file, front matter included', () => {
    const text = edit(POST_TEXT, 'status: draft', 'status: approved');
    expect(parsePost('p.md', text)).toMatchObject({ problems: [{ line: lineOf(text, 'status:') }] });
  });

  it('refuses a text that one message cannot carry', () => {
    const result = parsePost('p.md', POST_TEXT + 'a '.repeat(2_000));
    expect(result).toMatchObject({ ok: false, problems: [{ field: 'body' }] });
  });

  it('refuses a file without front matter', () => {
    expect(parsePost('p.md', 'Kính thưa ông/bà')).toMatchObject({ ok: false, problems: [{ line: 1 }] });
  });
});
