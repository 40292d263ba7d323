import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startWorld, type World } from '#dev/world/world.ts';
import {
  anything,
  answered,
  type Ended,
  type Environment,
  environmentOf,
  loa,
  refused,
} from '#test/support/command-line.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const PLAN = 'plans/bai-chay-2024.yaml';
const POST = 'TT-01-1';
const NOBODY = 'http://127.0.0.1:1';
let world: World;
let folder: string;
/** All that a command may need, and of which most need only the database. */
let all: Environment;
let databaseOnly: Environment;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loa-phuong-cli-'));
  world = await startWorld({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    platforms: ['telegram'],
  });
  all = environmentOf(world);
  databaseOnly = { ...all, REDIS_URL: 'redis://127.0.0.1:1', TELEGRAM_API_ROOT: NOBODY };
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('settings', () => {
  it('that lead to no database are named in a sentence, without the password in them', async () => {
    const ended = await loa({ ...all, MONGODB_URI: 'mongodb://u:geheim@127.0.0.1:1/x' }, 'groups', 'list');

    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('the database does not answer');
    expect(ended.stderr).not.toContain('geheim');
  });
});

describe('plan', () => {
  it('check and import name file, line and field of what is wrong in a bad one', async () => {
    const lines = readFileSync(PLAN, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('duty: goal'));
    lines[at] = '    duty: gaol';
    mkdirSync(join(folder, 'posts'));
    copyFileSync(`plans/posts/${POST}.md`, join(folder, `posts/${POST}.md`));
    const path = file('bad-2024.yaml', lines.join('\n'));
    const problem = { file: path, line: at + 1, field: 'obligations[0].duty' };

    const checked = await loa({}, 'plan', 'check', path);
    expect(checked).toMatchObject({ code: 1, stdout: '' });
    expect(checked.stderr).toContain(`${path}:${String(at + 1)} ${problem.field}: `);
    expect(await refused(databaseOnly, 'plan', 'import', path)).toMatchObject({
      ok: false,
      problems: [problem],
    });
  });

  it('import changes nothing the second time', async () => {
    const first = await answered(anything, databaseOnly, 'plan', 'import', PLAN);
    const second = await answered(anything, databaseOnly, 'plan', 'import', PLAN);

    expect(first).toMatchObject({ added: 0, changed: 0, retired: 0, duties: { opened: [] } });
    expect(second).toEqual(first);
  });
});

const rows = z.array(z.looseObject({ chat: z.looseObject({ chatId: z.string() }) }));
const HEAD = 'channel,chat_id,title,khu_pho,kind';

describe('groups', () => {
  // No worker here sends to Zalo: a run would wait for these for ever.
  afterAll(async () => {
    const { destinations } = world.runtime.core.store;
    for (const one of await destinations.list({})) await destinations.setState(one.id, 'unreachable', 'test');
  });

  it('import takes a spreadsheet with its mark, its semicolons and neighbourhoods in words, once or twice', async () => {
    const path = file(
      'nhom.csv',
      `\uFEFF${HEAD.replaceAll(',', ';')}\r\nzalo;9001;"Tin; Khu 5A";khu-5a;\r\n\r\nZalo;9002;Khu ba;Khu 3;officers\r\n`,
    );
    const answers = [
      await answered(anything, databaseOnly, 'groups', 'import', path),
      await answered(anything, databaseOnly, 'groups', 'import', path),
    ];

    expect(answers).toEqual([
      { ok: true, imported: 2 },
      { ok: true, imported: 2 },
    ]);
    const listed = await answered(rows, databaseOnly, 'groups', 'list');
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(
      expect.objectContaining({ title: 'Tin; Khu 5A', neighbourhood: 'khu-5a', audience: 'residents' }),
    );
    expect(listed).toContainEqual(
      expect.objectContaining({
        chat: { platform: 'zalo', chatId: 'g:9002' },
        neighbourhood: 'khu-3',
        audience: 'officers',
        state: 'active',
      }),
    );
  });

  it('import names line and column of every wrong cell and then writes nothing', async () => {
    const before = await answered(rows, databaseOnly, 'groups', 'list');
    const path = file(
      'sai.csv',
      `${HEAD}\ntelegram,-1.00E+12,A,Khu 77,\n\nviber,1,B,,foo\nzalo,9100,C,,\nzalo,9100,D,,`,
    );

    const answer = z
      .looseObject({ problems: z.array(z.looseObject({ line: z.number(), field: z.string() })) })
      .parse(await refused(databaseOnly, 'groups', 'import', path));
    expect(answer.problems.map(({ line, field }) => `${String(line)} ${field}`).sort()).toEqual([
      '2 chat_id',
      '2 khu_pho',
      '4 channel',
      '4 kind',
      '6 chat_id',
    ]);
    expect(await answered(rows, databaseOnly, 'groups', 'list')).toEqual(before);
  });
});

describe('staff invite', () => {
  it('names the roles, units and neighbourhoods that there are when asked for another', async () => {
    const invite = (...words: string[]): Promise<Ended> => loa(databaseOnly, 'staff', 'invite', ...words);
    const [role, unit] = await Promise.all([
      invite('--role', 'boss', '--unit', 'office', '--name', 'Trần Thị Hà'),
      invite('--role', 'editor', '--unit', 'nowhere', '--name', 'Trần Thị Hà'),
    ]);

    expect(role).toMatchObject({ code: 1, stdout: '' });
    expect(role.stderr).toContain('neighbourhood-head');
    expect(unit).toMatchObject({ code: 1, stdout: '' });
    expect(unit.stderr).toContain('culture-information');
    expect(
      await refused(
        databaseOnly,
        ...['staff', 'invite', '--role', 'editor', '--unit', 'office', '--name', 'Hà', '--khu-pho', '77'],
      ),
    ).toMatchObject({ reason: 'unknown-neighbourhood' });
  });
});

describe('broadcast', () => {
  it('asks for two people and a time, then sends through the worker and tells what came of it', async () => {
    const { sandbox } = world;
    const editor = await joined('Trần Thị Hà', 'editor', 'Bộ phận Văn hóa thông tin');
    const approver = await joined('Lê Văn Bình', 'approver', 'chairperson');
    const order = (by: string, approvedBy: string, ...words: string[]): string[] => [
      ...['broadcast', ...words, '--by', by, '--approved-by', approvedBy],
    ];
    const reasons = await Promise.all(
      [
        order(editor, editor, POST, '--now'),
        order(approver, editor, POST, '--now'),
        order(editor, 'nobody', POST, '--now'),
        order(editor, approver, 'TT-99-9', '--now'),
        order(editor, approver, POST),
        order(editor, approver, POST, '--at', '2020-01-01T08:00'),
      ].map(async (words) =>
        z.looseObject({ reason: z.string() }).parse(await refused(databaseOnly, ...words)),
      ),
    );
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'same-person',
      'not-editor',
      'unknown-approver',
      'unknown-post',
      'when',
      'when',
    ]);

    const owner = sandbox.telegram.createPerson('Chủ nhóm');
    const chats = [1, 2, 3, 4].map((number) => {
      const chatId = sandbox.telegram.createGroup(`Khu ${String(number)}`, { kind: 'supergroup' });
      sandbox.telegram.addBot(chatId, owner);
      return chatId;
    });
    sandbox.telegram.kickBot(chats[3] ?? 0, owner);
    const csv = chats.map(
      (chatId, at) => `telegram,${String(chatId)},Khu ${String(at + 1)},${String(at + 1)},`,
    );
    const path = file('telegram.csv', [HEAD, ...csv].join('\n'));
    await answered(anything, databaseOnly, 'groups', 'import', path);

    const waited = await loa(databaseOnly, ...order(editor, approver, POST, '--now', '--wait'), '--json');
    expect(waited.code, waited.stderr).toBe(0);
    const run = z.looseObject({ run: z.string() }).parse(JSON.parse(waited.stdout));
    const counts = { state: 'done', pending: 0, sending: 0, sent: 3, unknown: 0, gone: 1, rejected: 0 };
    expect(run).toMatchObject(counts);
    expect(await answered(anything, databaseOnly, 'run', 'show', run.run)).toEqual(run);
    for (const chatId of chats.slice(0, 3)) {
      expect(sandbox.telegram.messages(chatId).filter((message) => message.fromBot)).toHaveLength(1);
    }

    const later = await loa(databaseOnly, ...order(editor, approver, POST, '--at', '2099-05-09T08:00'));
    expect(later).toMatchObject({ code: 0, stderr: '' });
    const scheduled = await answered(anything, databaseOnly, 'run', 'show', later.stdout.trim());
    expect(scheduled).toMatchObject({ state: 'scheduled', sendAt: '2099-05-09T08:00:00.000+07:00' });
    expect(await refused(databaseOnly, 'run', 'show', 'R-0')).toMatchObject({ reason: 'unknown-run' });
  });
});

/** Invited on the command line, joined in chat. Answers the id. */
async function joined(name: string, role: string, unit: string): Promise<string> {
  const shape = z.looseObject({ staff: z.string(), code: z.string() });
  const words = ['staff', 'invite', '--role', role, '--unit', unit, '--name', name];
  const { staff, code } = await answered(shape, databaseOnly, ...words);
  const someone = world.someone('telegram', name);
  someone.open(code);
  await someone.hear('kênh làm việc');
  return staff;
}

describe('duties preview', () => {
  it('answers with the reminders of two days, and refuses what are not days', async () => {
    const preview = ['duties', 'preview', '--from'];
    const found = await answered(
      z.array(
        z.strictObject({
          at: z.string(),
          duty: z.string(),
          rung: z.string(),
          to: z.string().nullable(),
          why: z.string(),
          title: z.string(),
        }),
      ),
      databaseOnly,
      ...preview,
      '2024-01-01',
      '--to',
      '2099-12-31',
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one.at.endsWith('+07:00') && one.duty !== '')).toBe(true);
    expect(await refused(databaseOnly, ...preview, '2026-02-30', '--to', '2026-03-01')).toMatchObject({
      reason: 'day',
    });
  });
});

describe('deadline', () => {
  it('of a rule follows the plan, and an unknown rule is answered with those that there are', async () => {
    const from = ['--from', '2024-05-10T16:45'];
    const known = await answered(anything, databaseOnly, 'deadline', 'case-danger', ...from);
    expect(known).toMatchObject({ due: '2024-05-13T11:15:00.000+07:00', rule: { id: 'case-danger' } });
    expect((known as { words: string[] }).words.at(-1)).toBe('Hạn cuối: 11 giờ 15 thứ Hai 13/5, năm 2024.');

    const unknown = await loa(databaseOnly, 'deadline', 'no-such', ...from);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('case-danger');
  });
});
