import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '#src/app/ports/services.ts';

const told = z.looseObject({ offsetMs: z.number(), moves: z.number() });
type Told = z.infer<typeof told>;

const ASK_AGAIN_MS = 200;

/**
 * The clock of a sandbox in another process, as long as this process lives: follows each jump within a round trip. For entries
 * under `dev`: what ships is given no clock and knows of none that could be moved.
 */
export async function followSandboxClock(rootUrl: string): Promise<Clock> {
  let latest = await ask(`${rootUrl}/control/clock`);
  void (async () => {
    for (;;) {
      const next = await ask(`${rootUrl}/control/clock/moved?since=${String(latest.moves)}`).catch(
        () => null,
      );
      if (next) latest = next;
      else await delay(ASK_AGAIN_MS, null, { ref: false });
    }
  })();
  return { nowMs: () => Date.now() + latest.offsetMs };
}

async function ask(url: string): Promise<Told> {
  return told.parse(await (await fetch(url)).json());
}
