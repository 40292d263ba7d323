import { z } from 'zod';

const url = z.url({ protocol: /^https?$/u });
const secret = z.string().min(8);

/** The environment, one row a variable. `.env.example` is held in step with it by a test. */
export const environmentSchema = z.object({
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//u, 'a mongodb:// address'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//u, 'a redis:// address'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/u, 'a bot token as BotFather gives it')
    .optional(),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/u, '16 to 256 letters, digits, _ or -')
    .optional(),
  PUBLIC_URL: url.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  ZALO_APP_ID: z.string().regex(/^\d+$/u, 'digits').optional(),
  ZALO_APP_SECRET: secret.optional(),
  ZALO_OA_ID: z.string().regex(/^\d+$/u, 'digits').optional(),
  ZALO_OA_SECRET: secret.optional(),
  ZALO_REFRESH_TOKEN: secret.optional(),
  ZALO_CASE_TEMPLATE_ID: z.string().optional(),
  ZALO_API_ROOT: url.default('https://openapi.zalo.me'),
  ZALO_OAUTH_ROOT: url.default('https://oauth.zaloapp.com'),
  DATA_KEY: z.string().refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64'),
  DENUNCIATION_KEY: z
    .string()
    .refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64')
    .optional(),
  HEARTBEAT_URL: url.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  readonly dataKey: string;
  /** Null: what sounds like a denunciation is not kept at all. */
  readonly denunciationKey: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Null: nobody watches from outside. */
  readonly heartbeatUrl: string | null;
  /** Null where the channel is off. */
  readonly telegram: {
    readonly token: string;
    readonly apiRoot: string;
    /** Null: our own poller; else the webhook's secret. */
    readonly webhookSecret: string | null;
  } | null;
  readonly zalo: {
    readonly appId: string;
    readonly appSecret: string;
    readonly oaId: string;
    readonly oaSecret: string;
    readonly refreshToken: string;
    /** Null: no template is approved, and news after seven days waits. */
    readonly caseTemplateId: string | null;
    readonly apiRoot: string;
    readonly oauthRoot: string;
  } | null;
}

export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
}

export type ConfigResult =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

const ZALO = [
  'ZALO_APP_ID',
  'ZALO_APP_SECRET',
  'ZALO_OA_ID',
  'ZALO_OA_SECRET',
  'ZALO_REFRESH_TOKEN',
] as const;

/** Reads the environment once: either a frozen config, or every problem at the same time. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  const problems: ConfigProblem[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const variable = String(issue.path[0]);
        return { variable, problem: variable in given ? `is not ${issue.message}` : 'is missing' };
      });
  problems.push(...channelProblems(given));
  if (!parsed.success || problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'config', config: Object.freeze(toConfig(parsed.data)) };
}

function channelProblems(given: Readonly<Record<string, string | undefined>>): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const zaloGiven = ZALO.filter((name) => given[name] !== undefined);
  if (zaloGiven.length > 0) {
    for (const variable of ZALO.filter((name) => given[name] === undefined)) {
      problems.push({ variable, problem: 'is missing, while other Zalo settings are there' });
    }
  }
  if (zaloGiven.length === 0 && given['TELEGRAM_BOT_TOKEN'] === undefined) {
    problems.push({
      variable: 'TELEGRAM_BOT_TOKEN',
      problem: 'is missing, and so is Zalo: at least one channel is needed',
    });
  }
  if (
    given['PUBLIC_URL'] !== undefined &&
    given['TELEGRAM_BOT_TOKEN'] !== undefined &&
    given['TELEGRAM_WEBHOOK_SECRET'] === undefined
  ) {
    problems.push({
      variable: 'TELEGRAM_WEBHOOK_SECRET',
      problem: 'is missing, while PUBLIC_URL asks for webhooks',
    });
  }
  return problems;
}

function toConfig(env: z.infer<typeof environmentSchema>): Config {
  const { ZALO_APP_ID: appId, ZALO_APP_SECRET: appSecret, ZALO_OA_ID: oaId } = env;
  const { ZALO_OA_SECRET: oaSecret, ZALO_REFRESH_TOKEN: refreshToken, TELEGRAM_BOT_TOKEN: token } = env;
  return {
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    dataKey: env.DATA_KEY,
    denunciationKey: env.DENUNCIATION_KEY ?? null,
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    heartbeatUrl: env.HEARTBEAT_URL ?? null,
    telegram:
      token === undefined
        ? null
        : {
            token,
            apiRoot: env.TELEGRAM_API_ROOT,
            webhookSecret: env.PUBLIC_URL === undefined ? null : (env.TELEGRAM_WEBHOOK_SECRET ?? null),
          },
    zalo:
      appId !== undefined &&
      appSecret !== undefined &&
      oaId !== undefined &&
      oaSecret !== undefined &&
      refreshToken !== undefined
        ? {
            appId,
            appSecret,
            oaId,
            oaSecret,
            refreshToken,
            caseTemplateId: env.ZALO_CASE_TEMPLATE_ID ?? null,
            apiRoot: env.ZALO_API_ROOT,
            oauthRoot: env.ZALO_OAUTH_ROOT,
          }
        : null,
  };
}

/** All problems in one table for a terminal. */
export function problemTable(problems: readonly ConfigProblem[]): string {
  const width = Math.max(...problems.map((problem) => problem.variable.length));
  const rows = problems.map((problem) => `  ${problem.variable.padEnd(width)}  ${problem.problem}`);
  return [`${String(problems.length)} setting(s) to mend (see .env.example):`, ...rows].join('\n');
}

/** The process's own configuration. On problems the table goes to standard error and the process ends with 1. */
export function configOrExit(): Config {
  const result = readConfig(process.env);
  if (result.kind === 'config') return result.config;
  process.stderr.write(`${problemTable(result.problems)}\n`);
  process.exit(1);
}
