import { inForceOn } from './in-force.ts';
import type { Plan, TermRule } from '../plan.ts';
import { localDateOf } from './local-time.ts';

/** Of the rule's versions the newest that was in force on the day; null when there is none. */
export function ruleInForce(plan: Pick<Plan, 'rules'>, ruleId: string, atMs: number): TermRule | null {
  const versions = plan.rules.filter(({ id }) => id === ruleId);
  return inForceOn(versions, localDateOf(atMs));
}
