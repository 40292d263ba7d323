import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentProblems } from '#dev/check/environment.ts';
import { languageProblems, readTexts, useProblems } from '#dev/check/locales.ts';
import { readTextUses, textUses } from '#dev/check/text-uses.ts';
import { environmentSchema } from '#src/config/config.ts';

const ROOT = join(import.meta.dirname, '../..');
const texts = (content: Readonly<Record<string, string>>) => new Map(Object.entries(content));

describe('two languages', () => {
  const compare = (vi: Readonly<Record<string, string>>, en: Readonly<Record<string, string>>) =>
    languageProblems('vi', texts(vi), 'en', texts(en));

  it('fit where keys and parameters are the same', () => {
    expect(compare({ 'a.b': '{{n}} và {{m}}' }, { 'a.b': '{{m}} and {{n}}' })).toEqual([]);
  });

  it('do not fit where either lacks a key', () => {
    expect(compare({ 'a.b': '', 'a.c': '' }, { 'a.b': '', 'a.d': '' })).toEqual([
      'a.c: in vi, not in en',
      'a.d: in en, not in vi',
    ]);
  });

  it('do not fit where a parameter has another name', () => {
    expect(compare({ 'a.b': '{{code}}' }, { 'a.b': '{{cod}}' })).toEqual([
      'a.b: parameters differ (code against cod)',
    ]);
  });

  it('may leave a form of address out in the second language, and only there', () => {
    expect(compare({ 'a.b': '{{address}} {{name}}' }, { 'a.b': '{{name}}' })).toEqual([]);
    expect(compare({ 'a.b': '{{name}}' }, { 'a.b': '{{address}} {{name}}' })).toEqual([
      'a.b: parameters differ (name against address, name)',
    ]);
  });

  it('may count in different ways', () => {
    expect(
      compare(
        { 'a.photos': '{{count}} ảnh' },
        { 'a.photos_one': 'one photo', 'a.photos_other': '{{count}} photos' },
      ),
    ).toEqual([]);
  });
});

describe('the use of texts', () => {
  const problems = (
    source: string,
    content: Readonly<Record<string, string>>,
    built: readonly string[] = [],
  ) => useProblems(texts(content), textUses('src/a.ts', source, ['report', 'staff']), built);

  it('is in step where every key is a text and every text is used', () => {
    expect(
      problems("say({ key: 'report.a' }); menu(context, 'staff.b'); import './report.c.ts';", {
        'report.a': '',
        'staff.b': '',
      }),
    ).toEqual([]);
  });

  it('names a key that has no text, with its line', () => {
    expect(problems("\nsay({ key: 'report.gone' });", {})).toEqual(['src/a.ts:2: no text report.gone']);
  });

  it('finds a wrong key behind a condition and as a plain string', () => {
    expect(problems("say({ key: one ? 'report.x' : 'report.y' }); say('report.z');", {})).toHaveLength(3);
  });

  it('finds a key under a namespace that is not there', () => {
    expect(problems("say({ key: 'repport.a' }); open('app.log');", {})).toEqual([
      'src/a.ts:1: no text repport.a',
    ]);
  });

  it('names a text that nothing uses', () => {
    expect(problems('', { 'report.old': '' })).toEqual(['report.old: never used']);
  });

  it('takes a key that is put together as a use of its whole group, and only of that', () => {
    expect(
      problems('say({ key: `report.state.${state}` });', { 'report.state.new': '', 'report.other': '' }),
    ).toEqual(['report.other: never used']);
  });

  it('refuses a key that is put together from a group without texts', () => {
    expect(problems('say({ key: `report.stat.${state}` });', { 'report.state.new': '' })).toEqual([
      'src/a.ts:1: no texts under report.stat.',
      'report.state.new: never used',
    ]);
  });

  it('takes a whole namespace as built only where it is listed', () => {
    const source = 'say({ key: `report.${kind}` });';

    expect(problems(source, { 'report.a': '' }, ['report.'])).toEqual([]);
    expect(problems(source, { 'report.a': '' })).toEqual([
      'src/a.ts:1: no texts under report.',
      'report.a: never used',
    ]);
  });

  it('lets ids be that begin like a key', () => {
    expect(problems('const id = `report.${caseId}.x`;', {})).toEqual([]);
  });

  it('refuses a listed namespace that is gone', () => {
    expect(problems('', {}, ['report.'])).toEqual(['report. is listed as built and has no text']);
  });
});

describe('reading for the check', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'texts-'));
    mkdirSync(join(folder, 'vi'));
    mkdirSync(join(folder, 'src'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('joins file, group and name to a key', () => {
    writeFileSync(join(folder, 'vi/report.json'), '{ "part": { "a": "một" } }');

    expect([...readTexts(folder, 'vi')]).toEqual([['report.part.a', 'một']]);
  });

  it('throws where no text or no source was found', () => {
    expect(() => readTexts(folder, 'vi')).toThrow('vi has no text');
    expect(() => readTextUses(folder, ['src'], ['report'])).toThrow('no source file was read');
  });
});

describe('the environment in writing', () => {
  const schema = z.object({
    URI: z.string(),
    PORT: z.coerce.number().default(80),
    TOKEN: z.string().optional(),
  });
  const example = '# a comment\nURI=x\nPORT=80\nTOKEN=\n';
  const readme = '`URI` `PORT` `TOKEN`';

  it('is in step with the schema as it stands', () => {
    const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

    expect(environmentProblems(environmentSchema, read('.env.example'), read('README.md'))).toEqual([]);
  });

  it('is in step where each variable is shown, explained and at its default', () => {
    expect(environmentProblems(schema, example, readme)).toEqual([]);
  });

  it.each([
    ['lacks a variable', example.replace('TOKEN=\n', ''), readme, '.env.example lacks TOKEN'],
    [
      'shows one that nothing reads',
      `${example}OLD=1\n`,
      readme,
      '.env.example has OLD, which nothing reads',
    ],
    [
      'shows another default',
      example.replace('80', '81'),
      readme,
      '.env.example shows PORT=81, the default is 80',
    ],
    ['is not explained', example, '`URI` `PORT`', 'README.md does not explain TOKEN'],
  ])('is refused where it %s', (_what, shown, explained, problem) => {
    expect(environmentProblems(schema, shown, explained)).toEqual([problem]);
  });
});
