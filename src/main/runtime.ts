import { jobs, wakeJobs } from '#jobs/index.ts';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { sendDue } from '#src/app/send/send-due.ts';
import { listCalls } from '#src/app/cases/list-calls.ts';
import { tickCases } from '#src/app/cases/tick-cases.ts';
import { reachTeam } from '#src/app/inspections/reach-team.ts';
import { tickVisits } from '#src/app/inspections/tick-visits.ts';
import { watchWindows } from '#src/app/cases/watch-windows.ts';
import { tellUndelivered } from '#src/app/cases/tell-undelivered.ts';
import { reachUnreached } from '#src/app/duties/reach-unreached.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { createAuditor } from '#src/app/duties/audit-duties.ts';
import { tellProcedures } from '#src/app/procedures/tell-procedures.ts';
import { tellWeek } from '#src/app/duties/tell-week.ts';
import { sendHeartbeat } from '#src/app/duties/send-heartbeat.ts';
import { createDutyClock } from '#src/app/duties/tick-duties.ts';
import { askChairs } from '#src/app/broadcast/meeting/ask-chairs.ts';
import { askSilentHeads } from '#src/app/broadcast/ask-silent-heads.ts';
import { watchCalendar } from '#src/app/duties/watch-calendar.ts';
import { watchNeighbourhoods } from '#src/app/duties/watch-neighbourhoods.ts';
import { tendPersonalData } from '#src/app/personal-data/tend-personal-data.ts';
import { listQuestions } from '#src/app/groups/list-questions.ts';
import { tickSchedule } from '#src/app/broadcast/tick-schedule.ts';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import type { SendBudget } from '#src/app/ports/channel.ts';
import type { Config } from '#src/config/config.ts';
import { createMetrics, type Metrics } from '#src/observe/metrics.ts';
import { createSendBudget, type SendBudgetOptions } from '#src/queue/budget.ts';
import { producerConnection, errorCode } from '#src/queue/connections.ts';
import type { AnyJob } from '#src/queue/define-job.ts';
import type { JobPorts } from '#src/queue/job-ports.ts';
import { createJobQueues, type JobQueues } from '#src/queue/job-queues.ts';
import { createPutBack, type PutBack } from '#src/queue/put-back.ts';
import { runWorkers, type RunningWorkers } from '#src/queue/run-workers.ts';
import { createWake } from '#src/queue/wake.ts';
import { buildCore, type Core, type CoreOptions } from './core.ts';
import { createHeartbeat } from './heartbeat.ts';
import { randomTokens } from './tokens.ts';

export interface Runtime {
  readonly core: Core;
  readonly queues: JobQueues;
  readonly putBack: PutBack;
  readonly metrics: Metrics;
  readonly jobPorts: JobPorts;
  close(): Promise<void>;
}

export interface RuntimeOptions extends Pick<CoreOptions, 'clock' | 'logTo'> {
  /** Namespace in Redis; one a ward. */
  readonly prefix?: string;
  readonly putBackEveryMs?: number;
  /** All there are, unless told. */
  readonly jobs?: readonly AnyJob[];
  /** What the platforms allow, where it is not what they allow everybody. */
  readonly limits?: SendBudgetOptions['limits'];
}

const MAX_IN_FLIGHT = 128;

/** The core with Redis beside it. Redis may be away: what it should hold is put back when it comes. */
export async function buildRuntime(config: Config, options: RuntimeOptions = {}): Promise<Runtime> {
  const prefix = options.prefix ?? 'loa-phuong';
  const late: { queues: JobQueues | null } = { queues: null };
  const core = await buildCore(config, {
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.logTo ? { logTo: options.logTo } : {}),
    wake: lateWake(late),
  });
  const queues = createJobQueues({ redisUrl: config.redisUrl, prefix, log: core.log });
  late.queues = queues;
  const budgetRedis = producerConnection(config.redisUrl, (error) =>
    core.log.warn({ code: errorCode(error) }, 'budget: redis error'),
  );
  const budget = createSendBudget(budgetRedis, {
    keyPrefix: prefix,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const putBack = createPutBack({
    jobs: options.jobs ?? jobs,
    queues,
    wake: createWake(queues, wakeJobs),
    ...core.store,
    clock: core.clock,
    log: core.log,
    ...(options.putBackEveryMs === undefined ? {} : { everyMs: options.putBackEveryMs }),
  });
  const metrics = createMetrics();
  return {
    core,
    queues,
    putBack,
    metrics,
    jobPorts: jobPortsOf(core, budget),
    async close() {
      metrics.stop();
      await putBack.stop();
      await queues.close();
      budgetRedis.disconnect();
      await core.close();
    },
  };
}

/** The use cases need a wake before the queues exist; nothing is woken before both do. */
function lateWake(late: { readonly queues: JobQueues | null }): ReturnType<typeof createWake> {
  const wake = (): ReturnType<typeof createWake> => {
    if (!late.queues) throw new Error('woken before the queues were there');
    return createWake(late.queues, wakeJobs);
  };
  return {
    lane: (platform, lane) => wake().lane(platform, lane),
    inbox: (chatKey) => wake().inbox(chatKey),
    effects: (chatKey) => wake().effects(chatKey),
  };
}

function jobPortsOf(core: Core, budget: SendBudget): JobPorts {
  const { app, store, config } = core;
  const auditor = createAuditor(app);
  const beat = config.heartbeatUrl === null ? null : createHeartbeat(config.heartbeatUrl);
  const sendPorts = {
    ...app,
    health: store.channelHealth,
    budget,
    realNowMs: () => Date.now(),
    tokens: randomTokens,
  };
  return {
    sendDue: (platform, lane, signal) =>
      sendDue(sendPorts, { platform, lane, maxInFlight: MAX_IN_FLIGHT, signal }),
    handleInbox: (chatKey, signal) => handleInbox(app, chatKey, signal),
    runEffects: (chatKey, signal) => runEffects(app, chatKey, signal),
    tickDuties: createDutyClock(app, () => openPlanDuties(app)),
    auditDuties: () => auditor(),
    sendHeartbeat: () => sendHeartbeat(app, beat),
    tickCases: (signal) => tickCases(app, signal),
    tickVisits: async (signal) => {
      await tickVisits(app, signal);
      await reachTeam(app, signal);
    },
    watchWindows: (signal) => watchWindows(app, signal),
    tellUndelivered: async (signal) => {
      await tellUndelivered(app, signal);
      await reachUnreached(app, signal);
    },
    listCalls: (signal) => listCalls(app, signal),
    tellWeek: (signal) => tellWeek(app, signal),
    tellProcedures: (signal) => tellProcedures(app, signal),
    askSilentHeads: async (signal) => {
      await askSilentHeads(app, signal);
      await askChairs(app, signal);
    },
    listQuestions: () => listQuestions(app),
    tendPersonalData: (signal) => tendPersonalData(app, signal),
    watchNeighbourhoods: () => watchNeighbourhoods(app),
    watchCalendar: () => watchCalendar(app),
    tickSchedule: (signal) => tickSchedule(app, signal),
    advanceRuns: (signal) => advanceRuns(sendPorts, signal),
  };
}

const SHUTDOWN_MS = 10_000;

/** Replies, reminders, broadcasts, ticks: everything that runs from the queues. */
export function startWorkers(runtime: Runtime, options: RuntimeOptions = {}): RunningWorkers {
  runtime.putBack.start();
  return runWorkers({
    jobs: options.jobs ?? jobs,
    ports: runtime.jobPorts,
    queues: runtime.queues,
    redisUrl: runtime.core.config.redisUrl,
    prefix: options.prefix ?? 'loa-phuong',
    concurrency: { inbox: 16, effects: 8 },
    log: runtime.core.log,
  });
}

export { SHUTDOWN_MS };
