import { z } from 'zod';
import type { DateRule, RhythmRule, Term, TermUnit } from '#src/domain/plan.ts';

/** Building blocks of the plan's schema: each message is what the person editing the YAML reads. */

const DAY_MS = 86_400_000;

/** True for a day that exists: 2024-02-30 does not. */
function isRealDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isInteger(ms / DAY_MS) && new Date(ms).toISOString().startsWith(text);
}

/** Text in NFC without white space at its ends; never empty. */
export const text = z
  .string()
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => value !== '', 'must not be empty');

export const localDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day written YYYY-MM-DD')
  .refine(isRealDay, { error: 'must be a day that exists', abort: true });

export const localTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time written 'HH:MM', quoted");

/** An id of ours, used in keys and in file names. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens');

/** An id of the plan, such as `II4-5b`, `TT-01`, `DL-2`. */
export const planId = z.string().regex(/^[A-Z]+[0-9]*-[0-9]+[a-z]?$/, 'must look like II4-5b, TT-01 or DL-2');

const TERM_UNITS: Readonly<Record<string, TermUnit>> = {
  m: 'minutes',
  wh: 'working-hours',
  wd: 'working-days',
  d: 'calendar-days',
};

/** `45m`, `4wh`, `10wd`, `30d` as an amount and its unit. */
export const term = z.string().transform((value, context): Term => {
  const [, digits, suffix] = /^([1-9]\d*)(m|wh|wd|d)$/.exec(value) ?? [];
  const unit = TERM_UNITS[suffix ?? ''];
  if (digits === undefined || unit === undefined) {
    context.addIssue({ code: 'custom', message: 'must be a term such as 45m, 4wh, 10wd or 30d' });
    return z.NEVER;
  }
  return { amount: Number(digits), unit };
});

/** One day (`2024-03-20`) or the same day each year (`{ month: 5, day: 10 }`). */
export const dateRule = z.unknown().transform((value, context): DateRule => {
  const parsed = typeof value === 'string' ? onceRule.safeParse(value) : yearlyRule.safeParse(value);
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'must be a day that exists, YYYY-MM-DD or { month, day } for every year',
  });
  return z.NEVER;
});

const onceRule = localDate.transform((date): DateRule => ({ kind: 'once', date }));

const yearlyRule = z
  .strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
  // 2023 is no leap year, so a rule for 29 February, which most years lack, is refused.
  .refine(({ month, day }) => isRealDay(`2023-${pad(month)}-${pad(day)}`))
  .transform(({ month, day }): DateRule => ({ kind: 'yearly', month, day }));

/**
 * The same, a day of each week (`{ weekday: 5 }`), month (`{ day: 25 }`) or quarter (`{ monthOfQuarter: 3, day: 20 }`), or days before something else is
 * due (`{ aheadOf: DL-2, workingDays: 10 }`).
 */
export const rhythmRule = z.unknown().transform((value, context): RhythmRule => {
  const parsed = z
    .union([onceRule, yearlyRule, quarterlyRule, monthlyRule, weeklyRule, aheadRule])
    .safeParse(value);
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message:
      'must be YYYY-MM-DD, { month, day }, { monthOfQuarter, day }, { day }, { weekday } or { aheadOf, workingDays }',
  });
  return z.NEVER;
});

const monthDay = z.int().min(1).max(31);
const monthlyRule = z
  .strictObject({ day: monthDay })
  .transform((rule) => ({ kind: 'monthly' as const, ...rule }));
const weeklyRule = z
  .strictObject({ weekday: z.int().min(1).max(7) })
  .transform((rule) => ({ kind: 'weekly' as const, ...rule }));
const quarterlyRule = z
  .strictObject({ monthOfQuarter: z.literal([1, 2, 3]), day: monthDay })
  .transform((rule) => ({ kind: 'quarterly' as const, ...rule }));

const aheadRule = z
  .strictObject({ aheadOf: planId, workingDays: z.int().min(1).max(120) })
  .transform(({ aheadOf, workingDays }) => ({ kind: 'ahead' as const, of: aheadOf, workingDays }));

const pad = (value: number): string => String(value).padStart(2, '0');

/** Words separated by commas, as one text: easier to edit by hand than a YAML list. */
export const commaList = z.string().transform((value) =>
  value
    .normalize('NFC')
    .split(',')
    .map((word) => word.replace(/\s+/g, ' ').trim())
    .filter((word) => word !== ''),
);

/** Of what holds from a day on. */
export const dated = { effectiveFrom: localDate };
