import { consentHold } from '#src/domain/broadcast/consent.ts';
import { dateWords } from '#src/domain/broadcast/origin.ts';
import { validity } from '#src/domain/broadcast/validity.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun, RunState } from '#src/domain/run.ts';
import type { BroadcastPorts } from './ports.ts';

/** Why a run that was approved does not go out all the same. */
export interface Hold {
  /** Of the record, and part of the notice's id: one reason is told once. */
  readonly reason: string;
  readonly text: TextRef;
}

/** What takes the place of another post has been approved. */
const STANDING: readonly RunState[] = ['scheduled', 'sending', 'paused', 'done', 'corrected'];
const LOOKED_AT = 500;

/** The person who is named has not agreed. Asked also while a run goes out. */
export function consentReason(plan: Plan, run: BroadcastRun): Hold | null {
  const hold = consentHold(plan, run);
  if (!hold) return null;
  const params = { title: run.title };
  return { reason: `consent-${hold}`, text: { key: `broadcast.consent.held.${hold}`, params } };
}

/** All that keeps a run from beginning: consent, validity, a newer post in its place. Null: nothing. */
export async function whyNotStart(
  ports: Pick<BroadcastPorts, 'runs' | 'clock'>,
  plan: Plan,
  run: BroadcastRun,
): Promise<Hold | null> {
  const consent = consentReason(plan, run);
  if (consent || run.kind === 'correction') return consent;
  const { title } = run;
  const holds = validity(run, localDateOf(ports.clock.nowMs()));
  if (holds !== 'valid') {
    const day = (holds === 'over' ? run.validTo : run.validFrom) ?? '';
    return {
      reason: `validity-${holds}`,
      text: { key: `broadcast.held.${holds}`, params: { title, day: dateWords(day) } },
    };
  }
  const newer = await supersededBy(ports, run);
  return (
    newer && {
      reason: 'superseded',
      text: { key: 'broadcast.held.superseded', params: { title, by: newer.title } },
    }
  );
}

async function supersededBy(
  { runs }: Pick<BroadcastPorts, 'runs'>,
  { id, postId }: BroadcastRun,
): Promise<BroadcastRun | null> {
  if (postId === null) return null;
  const standing = await runs.latest(STANDING, LOOKED_AT);
  return standing.find((other) => other.supersedes === postId && other.id !== id) ?? null;
}
