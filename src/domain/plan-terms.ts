/** A calendar day of the ward, `YYYY-MM-DD`. */
export type LocalDate = string;
/** A time of day at the ward, 24 hours, `HH:MM`. */
export type LocalTime = string;

/** `confirmed` by public material, from `memory`, or a `proposal` of ours: only the first may be stated to residents as law. */
export const RULE_STATUSES = ['confirmed', 'memory', 'proposal'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];
