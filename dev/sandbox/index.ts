import { controlRoutes } from './control.ts';
import type { MovableClock } from './core/clock.ts';
import type { FaultScript } from './core/faults.ts';
import { Router, startHttpServer } from './core/http.ts';
import { createCore } from './core/index.ts';
import type { Journal } from './core/journal.ts';
import type { People } from './core/people.ts';
import { type TelegramOptions, TelegramSandbox } from './telegram/index.ts';
import { ZaloSandbox, type ZaloSandboxOptions } from './zalo/index.ts';

export { MovableClock } from './core/clock.ts';
export type { Fault, FaultAction } from './core/faults.ts';
export type { JournalEntry } from './core/journal.ts';
export type { Person } from './core/people.ts';
export type { TelegramOptions, TelegramSandbox } from './telegram/index.ts';
export type { ShownMessage } from './telegram/shown.ts';
export type { ZaloSandbox, ZaloSandboxOptions } from './zalo/index.ts';

export interface SandboxOptions {
  /** 0, or nothing, lets the system choose. */
  readonly port?: number | undefined;
  readonly clock?: MovableClock | undefined;
  readonly telegram?: TelegramOptions | undefined;
  readonly zalo?: ZaloSandboxOptions | undefined;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: the Telegram API root, the Zalo API and OAuth root, and `/control`. */
  readonly rootUrl: string;
  readonly telegram: TelegramSandbox;
  readonly zalo: ZaloSandbox;
  readonly journal: Journal;
  readonly faults: FaultScript;
  readonly clock: MovableClock;
  readonly people: People;
  /** Ends deliveries, closes the port and every connection. */
  readonly stop: () => Promise<void>;
}

/** Starts both platforms on one loopback port. @throws when the port is taken. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const address = { url: '' };
  const core = createCore(() => address.url, options.clock);
  const telegram = new TelegramSandbox(core, options.telegram);
  const zalo = new ZaloSandbox(core, options.zalo);
  const router = new Router();
  controlRoutes(router, { core, telegram, zalo });
  telegram.register(router);
  zalo.register(router);
  const server = await startHttpServer(router, options.port);
  address.url = server.url;
  const { journal, faults, clock, people } = core;
  const stop = async (): Promise<void> => {
    telegram.stop();
    zalo.stop();
    await server.stop();
  };
  return { rootUrl: server.url, telegram, zalo, journal, faults, clock, people, stop };
};
