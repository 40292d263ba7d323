import { describe, expect, it } from 'vitest';
import { anything, answered, loa } from '#test/support/command-line.ts';

describe('settings', () => {
  it('that are missing or wrong are all named at once, in one table', async () => {
    const ended = await loa({ REDIS_URL: 'localhost', DATA_KEY: 'short', PORT: '99999' }, 'groups', 'list');

    expect(ended).toMatchObject({ code: 1, stdout: '' });
    const rows = ended.stderr.split('\n').filter((line) => line.startsWith('  '));
    expect(rows.map((row) => row.trim().split(' ')[0]).sort()).toEqual([
      'DATA_KEY',
      'MONGODB_URI',
      'PORT',
      'REDIS_URL',
      'TELEGRAM_BOT_TOKEN',
    ]);
  });
});

describe('plan', () => {
  it('check counts what is in a good plan, without any settings', async () => {
    expect(await answered(anything, {}, 'plan', 'check', 'plans/bai-chay-2024.yaml')).toMatchObject({
      ok: true,
      year: 2024,
      posts: 20,
    });
  });
});

describe('deadline', () => {
  it.each([
    ['10wd', '2024-05-10T16:45', '2024-05-24T23:59:59.999+07:00'],
    ['4wh', '2024-05-10T16:45', '2024-05-13T11:15:00.000+07:00'],
    ['30d', '2024-05-10', '2024-06-10T23:59:59.999+07:00'],
    ['45m', '2024-05-10T16:45:00Z', '2024-05-11T00:30:00.000+07:00'],
  ])('of %s from %s is %s, with every step, without any settings', async (term, from, due) => {
    const answer = await answered(anything, {}, 'deadline', term, '--from', from);

    expect(answer).toMatchObject({ due, rule: null, unknownYears: [] });
    expect(answer['steps']).toContainEqual({ kind: 'end', at: due });
  });
});
