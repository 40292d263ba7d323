import { createHash } from 'node:crypto';
import { createAlerts } from '#src/app/alerts/create-alerts.ts';
import type { App } from '#src/app/app.ts';
import type { Alerts, Clock, Log, Wake } from '#src/app/ports/services.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import type { Config } from '#src/config/config.ts';
import { countDeadline } from '#src/domain/calendar/deadline.ts';
import { ruleInForce } from '#src/domain/calendar/rule-in-force.ts';
import type { Plan, TermRule } from '#src/domain/plan.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { pictures } from '#src/images/fit-photo.ts';
import { createLogger, type LoggerOptions } from '#src/observe/logger.ts';
import { createLetters } from '#src/reports/blank-letter.ts';
import { createPapers } from '#src/reports/papers.ts';
import { createSheets } from '#src/reports/script-sheet.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import { openStore, type Store } from '#src/store/connect.ts';
import { type BuiltChannels, buildChannels } from './channels.ts';
import { type LiveCalendar, liveCalendar } from './live-calendar.ts';
import { randomDraw, randomTokens } from './tokens.ts';

/** Everything that does not need Redis: what the bot, the worker and the command line share. */
export interface Core {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly alerts: Alerts;
  readonly built: BuiltChannels;
  readonly app: App;
  readonly calendar: LiveCalendar;
  close(): Promise<void>;
}

export interface CoreOptions {
  /** The clock for everything a person sees; the system's unless told. */
  readonly clock?: Clock;
  readonly wake: Wake;
  /** Where log lines go; standard output unless told. */
  readonly logTo?: LoggerOptions['destination'];
}

const systemClock: Clock = { nowMs: () => Date.now() };

/** All that can fail fails here, before anything is started. */
export async function buildCore(config: Config, options: CoreOptions): Promise<Core> {
  const clock = options.clock ?? systemClock;
  const log = createLogger({
    level: config.logLevel,
    ...(options.logTo ? { destination: options.logTo } : {}),
  });
  const texts = await loadTexts('vi');
  const store = await openStore({
    mongodbUri: config.mongodbUri,
    dataKey: config.dataKey,
    denunciationKey: config.denunciationKey ?? undefined,
    onStuck: () => log.error({}, 'database driver went deaf, started anew'),
  });
  await store.migrate();
  const { wake } = options;
  const alerts = createAlerts({ ...store, texts, wake, log, clock });
  const built = await buildChannels({ config, store, clock, alerts, log });
  const calendar = liveCalendar(clock, (await store.plans.current())?.plan.ward.officeHours);
  const app: App = {
    ...store,
    channels: built.channels,
    sheets: createSheets(),
    letters: createLetters(),
    papers: createPapers(),
    clock,
    tokens: randomTokens,
    draw: randomDraw,
    texts,
    pictures,
    documents: createDocuments(),
    categorySearch: createCategorySearch(),
    wake,
    alerts,
    log,
    calendar: calendar.calendar,
    recurrence,
    hash: (words) => createHash('sha256').update(words).digest('hex'),
    dueAtMs: async (ruleId, fromMs) =>
      countDeadline(calendar.calendar, await ruleOf(store, ruleId, fromMs), fromMs).dueAtMs,
  };
  return {
    config,
    clock,
    log,
    store,
    alerts,
    built,
    app,
    calendar,
    async close() {
      await built.close();
      await store.close();
    },
  };
}

/** Throws with the command that helps when no plan is there. */
export async function currentPlan(store: Pick<Store, 'plans'>): Promise<Plan> {
  const current = await store.plans.current();
  if (!current) throw new Error('no plan is imported: npm run loa -- plan import plans/bai-chay-2024.yaml');
  return current.plan;
}

async function ruleOf(store: Store, ruleId: string, atMs: number): Promise<TermRule> {
  const rule = ruleInForce(await currentPlan(store), ruleId, atMs);
  if (!rule) throw new Error(`the plan has no rule ${ruleId} in force`);
  return rule;
}
