import type { Plan, TermRule } from '../plan.ts';
import { localDateOf } from './local-time.ts';

/** Of the rule's versions the newest that was in force on the day; null when there is none. */
export function ruleInForce(plan: Pick<Plan, 'rules'>, ruleId: string, atMs: number): TermRule | null {
  const day = localDateOf(atMs);
  const inForce = plan.rules.filter((rule) => rule.id === ruleId && rule.effectiveFrom <= day);
  return inForce.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom))[0] ?? null;
}
