import { setTimeout as delay } from 'node:timers/promises';
import type { OwnServices, ServicePart } from '#dev/world/own-services.ts';
import type { Someone } from '#dev/world/people.ts';
import { setStage } from '#dev/world/stage.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import { startWorkers } from '#src/main/runtime.ts';
import { startBot } from '#src/main/start-bot.ts';

export interface OutageOptions {
  readonly services: OwnServices;
  readonly part: ServicePart;
  readonly outageMs: number;
  /** On each platform. */
  readonly people: number;
  /** Of the steps of Zalo's retry ladder (30 s, 5 min, …). */
  readonly retryScale: number;
  readonly putBackEveryMs?: number;
}

export interface OutageFigures {
  readonly said: number;
  /** Messages said during the outage for which the platform got its acknowledgement before the end of it. */
  readonly acknowledgedMeanwhile: number;
  /** People who never heard the answer to what they said. */
  readonly unanswered: readonly string[];
  /** People who heard it more than once. */
  readonly answeredTwice: readonly string[];
  /** From the end of the outage to the last answer. */
  readonly lastAnswerAfterMs: number;
}

const WORDS = 'Đèn đường hỏng rồi';
const ANSWER = 'Bước 1/2';
const GIVE_UP_MS = 90_000;
const SHUTDOWN_MS = 3_000;

/**
 * Takes the database or Redis away from a running bot and worker while people on both platforms write, gives it back, and
 * tells who was answered. Nobody restarts anything: what goes on again goes on by itself.
 */
export async function runOutage(options: OutageOptions): Promise<OutageFigures> {
  const { services, part, outageMs } = options;
  const database = `outage_${part}_${Date.now()}`;
  const stage = await setStage({
    mongodbUri: new URL(`/${database}`, services.mongodbUri).href,
    redisUrl: services.redisUrl,
    runtime: {
      prefix: database,
      ...(options.putBackEveryMs === undefined ? {} : { putBackEveryMs: options.putBackEveryMs }),
    },
    sandbox: { zalo: { retryScale: options.retryScale } },
  });
  const workers = startWorkers(stage.runtime, stage.runtimeOptions);
  const bot = await startBot(stage.runtime);
  try {
    await stage.connectZalo();
    const people = Array.from({ length: options.people }, (_, n) =>
      PLATFORMS.map((platform) => stage.someone(platform, `${platform} ${n}`)),
    ).flat();
    for (const one of people) one.open();
    for (const one of people) await one.hear('Kính chào ông/bà');

    const { journal } = stage.sandbox;
    const acks = (): number => journal.count({ kind: 'ack', ok: true });
    await services.stopPart(part);
    const before = acks();
    for (const one of people) {
      one.say(WORDS);
      await delay(outageMs / people.length);
    }
    const acknowledgedMeanwhile = acks() - before;
    await services.startPart(part);
    const backAtMs = performance.now();
    const unanswered = await whoNeverHeard(people);
    return {
      said: people.length,
      acknowledgedMeanwhile,
      unanswered,
      answeredTwice: people
        .filter((one) => one.heard().filter((text) => text.includes(ANSWER)).length > 1)
        .map((one) => one.name),
      lastAnswerAfterMs: performance.now() - backAtMs,
    };
  } finally {
    // As a process on SIGTERM: a call that hangs on a dead connection holds nobody up beyond the deadline.
    await Promise.race([bot.close(), delay(SHUTDOWN_MS)]);
    await workers.close(SHUTDOWN_MS);
    await stage.close();
  }
}

async function whoNeverHeard(people: readonly Someone[]): Promise<string[]> {
  const deadline = performance.now() + GIVE_UP_MS;
  const names: string[] = [];
  for (const one of people) {
    await one.hear(ANSWER, Math.max(1, deadline - performance.now())).catch(() => names.push(one.name));
  }
  return names;
}
