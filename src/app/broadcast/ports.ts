import { whenWords } from '#src/domain/broadcast/labels.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { actingMember } from '../staff/acting.ts';

export { answer, audit } from '../inbound/reply.ts';

/** What the use cases of the broadcast need. */
export type BroadcastPorts = Pick<
  App,
  | 'runs'
  | 'series'
  | 'recurrence'
  | 'deliveries'
  | 'destinations'
  | 'staff'
  | 'plans'
  | 'media'
  | 'sheets'
  | 'calendar'
  | 'pictures'
  | 'audit'
  | 'channels'
  | 'clock'
  | 'texts'
  | 'wake'
  | 'alerts'
  | 'log'
> & {
  /** SHA-256, hexadecimal. An approval is of this hash. */
  readonly hash: (words: string) => string;
};

/** How often a change is tried against other writers of the same run before it is left to the next try of the effect. */
export const MAX_TRIES = 10;

/** The plan in force. Throws where none was imported: nothing of a broadcast is possible then. */
export async function currentPlan(ports: Pick<BroadcastPorts, 'plans'>): Promise<Plan> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  return current.plan;
}

/** The run that an effect makes. Ids of jobs and keys hold no ":". */
export function runIdOf(context: EffectContext): string {
  return `R-${context.id.replaceAll(':', '-')}`;
}

/** Who asked, with what they may do today, also as somebody's deputy. */
export function asker(ports: BroadcastPorts, context: EffectContext): Promise<StaffMember | null> {
  return actingMember(ports, context.conversation.chat);
}

/** A run that was to go at once was given the moment of its submission. */
export function runWhen(ports: Pick<BroadcastPorts, 'texts'>, run: BroadcastRun): string {
  const atMs = run.sendAtMs <= run.createdAtMs ? null : run.sendAtMs;
  return whenWords((ref) => ports.texts.render(ref), atMs);
}
