import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { type Case, newWork } from '#src/domain/case.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { App } from '../app.ts';
import { lawOf } from './case-law.ts';

interface Start {
  readonly unitId: string;
  readonly ruleId: string;
  /** From when its term is counted. */
  readonly fromMs: number;
}

/** What a case has that just came in: whose it is, and by when. */
export function startWork(
  app: Pick<App, 'calendar'>,
  plan: Plan,
  { unitId, ruleId, fromMs }: Start,
): Pick<Case, 'unitId' | 'state' | 'dueAtMs' | 'nextAtMs'> & ReturnType<typeof newWork> {
  const law = lawOf(app, plan, [], { unitId, handlerId: null });
  const work = newWork(ruleId, fromMs);
  const started = { ...work, unitId, state: 'new', dueAtMs: law.dueAtMs(work.clock) } as const;
  return { ...started, nextAtMs: law.nextAtMs(started) };
}

/** The month at the ward: codes start again with it and stay short enough to say aloud. */
export function codePrefix(nowMs: number): string {
  return String(Number(localDateOf(nowMs).slice(5, 7)));
}
