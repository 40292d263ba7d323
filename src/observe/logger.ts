import { pino, type DestinationStream } from 'pino';
import type { Log } from '#src/app/ports/services.ts';
import { safeFields, scrub } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Standard output unless told. */
  readonly destination?: DestinationStream;
}

/**
 * Structured log lines in JSON. Whatever is handed in, only ids, numbers and codes come out: words, names, phone numbers and
 * tokens are removed, and of an error (under any field, by custom `err`) its own words too. See `redact.ts`.
 */
export function createLogger(options: LoggerOptions): Log {
  const base = { level: options.level, timestamp: pino.stdTimeFunctions.isoTime, base: null };
  const logger = options.destination === undefined ? pino(base) : pino(base, options.destination);
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      if (logger.isLevelEnabled(level)) logger[level](safeFields(fields), scrub(message));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
