import { z } from 'zod';
import { CASE_STATES } from '#src/domain/cases/states.ts';
import { RULE_STATUSES } from '#src/domain/plan-terms.ts';
import { commaList, dated, slug, term, text } from './fields.ts';

/** What a plan says of cases: what can be reported, by which terms, and how the ward handles it. */

export const category = z.strictObject({
  id: slug,
  label: text,
  keywords: commaList,
  unit: slug,
  rule: slug,
  emergency: z.array(text).default([]),
});

export const rule = z.strictObject({
  id: slug,
  label: text,
  term,
  firstDay: z.enum(['counted', 'not-counted']).default('not-counted'),
  dayOff: z.enum(['moves-on', 'stays']).default('moves-on'),
  source: text,
  status: z.enum(RULE_STATUSES),
  ...dated,
});

export const cases = z.strictObject({
  silenceRule: slug,
  disputeRule: slug,
  extensionRule: slug,
  dueSoonWorkingDays: z.int().min(0).max(30).default(1),
  keepMonths: z.int().min(1).max(1_200).default(60),
  letters: z
    .strictObject({
      unit: slug,
      petitionRule: slug,
      complaint: z.strictObject({ acceptanceRule: slug, settlementRule: slug, complexRule: slug }),
      denunciation: z.strictObject({ acceptanceRule: slug, settlementRule: slug }),
    })
    .nullable()
    .default(null),
  grounds: z.array(
    z.strictObject({
      id: slug,
      act: z.enum(['transfer', 'refuse']),
      label: text,
      source: text,
      status: z.enum(RULE_STATUSES),
      ...dated,
    }),
  ),
  templates: z
    .array(
      z.strictObject({
        id: slug,
        act: z.enum(['say', 'ask', 'propose', 'refuse']),
        label: text,
        body: text,
        states: z.array(z.enum(CASE_STATES)).default([]),
      }),
    )
    .default([]),
  routes: z
    .array(
      z.strictObject({
        category: slug.nullable().default(null),
        neighbourhoods: z.array(slug).default([]),
        unit: slug,
      }),
    )
    .default([]),
  alert: z
    .strictObject({
      samePlace: z.int().min(2).default(5),
      sameMatter: z.int().min(2).default(10),
      days: z.int().min(1).max(90).default(7),
    })
    .prefault({}),
});
