import { describe, expect, it } from 'vitest';
import { problemTable, readConfig } from '#src/config/config.ts';
import type { Config, ConfigProblem } from '#src/config/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const BASE = { MONGODB_URI: 'mongodb://127.0.0.1/loa', REDIS_URL: 'redis://127.0.0.1', DATA_KEY: KEY };
const TELEGRAM = { TELEGRAM_BOT_TOKEN: '7000000001:abcdefghijklmnopqrstuvwxyz' };
const ZALO = {
  ZALO_APP_ID: '2553928453557884079',
  ZALO_APP_SECRET: 'app-secret-0001',
  ZALO_OA_ID: '388613280879808645',
  ZALO_OA_SECRET: 'oa-secret-0001',
  ZALO_REFRESH_TOKEN: 'refresh-token-0001',
};

type Environment = Readonly<Record<string, string>>;

function configOf(environment: Environment): Config {
  const result = readConfig(environment);
  if (result.kind === 'problems') throw new Error(problemTable(result.problems));
  return result.config;
}

function problemsOf(environment: Environment): readonly ConfigProblem[] {
  const result = readConfig(environment);
  return result.kind === 'problems' ? result.problems : [];
}

const named = (environment: Environment): readonly string[] =>
  problemsOf(environment)
    .map((problem) => problem.variable)
    .sort();

describe('a channel', () => {
  it('is on where its settings are, and only there', () => {
    expect(configOf({ ...BASE, ...TELEGRAM })).toMatchObject({
      telegram: { token: TELEGRAM.TELEGRAM_BOT_TOKEN },
      zalo: null,
    });
    expect(configOf({ ...BASE, ...ZALO })).toMatchObject({ telegram: null, zalo: { oaId: ZALO.ZALO_OA_ID } });
  });

  it('can stand beside the other', () => {
    const config = configOf({ ...BASE, ...TELEGRAM, ...ZALO });

    expect(config.telegram?.apiRoot).toBe('https://api.telegram.org');
    expect(config.zalo).toEqual({
      caseTemplateId: null,
      appId: ZALO.ZALO_APP_ID,
      appSecret: ZALO.ZALO_APP_SECRET,
      oaId: ZALO.ZALO_OA_ID,
      oaSecret: ZALO.ZALO_OA_SECRET,
      refreshToken: ZALO.ZALO_REFRESH_TOKEN,
      apiRoot: 'https://openapi.zalo.me',
      oauthRoot: 'https://oauth.zaloapp.com',
    });
  });

  it('is needed at least once', () => {
    expect(problemsOf(BASE)).toEqual([
      {
        variable: 'TELEGRAM_BOT_TOKEN',
        problem: 'is missing, and so is Zalo: at least one channel is needed',
      },
    ]);
  });

  it('is off where its setting is an empty line', () => {
    expect(configOf({ ...BASE, ...ZALO, TELEGRAM_BOT_TOKEN: '' }).telegram).toBeNull();
  });
});

describe('half of the Zalo settings', () => {
  it.each(Object.keys(ZALO))('is a problem when only %s is there, though Telegram is complete', (name) => {
    const others = Object.keys(ZALO).filter((one) => one !== name);
    const given = Object.fromEntries(Object.entries(ZALO).filter(([one]) => one === name));

    expect(named({ ...BASE, ...TELEGRAM, ...given })).toEqual(others.sort());
  });

  it('names the one that is left out', () => {
    const rest = { ...ZALO, ZALO_OA_SECRET: '' };

    expect(problemsOf({ ...BASE, ...TELEGRAM, ...rest })).toEqual([
      { variable: 'ZALO_OA_SECRET', problem: 'is missing, while other Zalo settings are there' },
    ]);
  });
});

describe('Telegram behind a public address', () => {
  const PUBLIC = { PUBLIC_URL: 'https://loa.example' };

  it('needs the secret of its webhook', () => {
    expect(named({ ...BASE, ...TELEGRAM, ...PUBLIC })).toEqual(['TELEGRAM_WEBHOOK_SECRET']);
  });

  it('is polled without a public address, whatever the secret', () => {
    const secret = { TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-20-chars' };

    expect(configOf({ ...BASE, ...TELEGRAM, ...secret }).telegram?.webhookSecret).toBeNull();
    expect(configOf({ ...BASE, ...TELEGRAM, ...PUBLIC, ...secret }).telegram?.webhookSecret).toBe(
      secret.TELEGRAM_WEBHOOK_SECRET,
    );
  });
});

describe('wrong settings', () => {
  it('are all listed at once', () => {
    const environment = {
      REDIS_URL: 'http://127.0.0.1',
      DATA_KEY: 'short',
      PORT: '99999',
      LOG_LEVEL: 'loud',
      TELEGRAM_BOT_TOKEN: 'no-token',
      ZALO_APP_ID: 'abc',
    };

    expect(new Set(named(environment))).toEqual(
      new Set([
        'MONGODB_URI',
        'REDIS_URL',
        'DATA_KEY',
        'PORT',
        'LOG_LEVEL',
        'TELEGRAM_BOT_TOKEN',
        'ZALO_APP_ID',
        'ZALO_APP_SECRET',
        'ZALO_OA_ID',
        'ZALO_OA_SECRET',
        'ZALO_REFRESH_TOKEN',
      ]),
    );
  });

  it('stand in one table, a row a problem, with the names in one column', () => {
    const table = problemTable([
      { variable: 'PORT', problem: 'is wrong' },
      { variable: 'MONGODB_URI', problem: 'is missing' },
    ]);

    expect(table.split('\n')).toEqual([
      '2 setting(s) to mend (see .env.example):',
      '  PORT         is wrong',
      '  MONGODB_URI  is missing',
    ]);
  });

  it('never show the value, which may be a secret', () => {
    const environment = {
      ...BASE,
      ...TELEGRAM,
      DATA_KEY: 'my-own-secret-key',
      TELEGRAM_BOT_TOKEN: '12:short',
    };
    const table = problemTable(problemsOf(environment));

    expect(table).toContain('DATA_KEY');
    expect(table).not.toContain('my-own-secret-key');
    expect(table).not.toContain('12:short');
  });
});

describe('the config', () => {
  it('has a default for what need not be said', () => {
    expect(configOf({ ...BASE, ...TELEGRAM })).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      logLevel: 'info',
      publicUrl: null,
    });
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(configOf({ ...BASE, ...TELEGRAM }))).toBe(true);
  });
});
