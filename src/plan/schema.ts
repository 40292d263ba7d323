import { z } from 'zod';
import { SHOWN_BY } from '#src/domain/done-by.ts';
import { DUTY_KINDS } from '#src/domain/duty-kinds.ts';
import { ROLE_IDS, TOPIC_CHANNELS, type Plan } from '#src/domain/plan.ts';
import { KINDS_OF_INSPECTION } from '#src/domain/plan-inspections.ts';
import type { PlanPost } from '#src/domain/plan-post.ts';
import { cases, category, rule } from './case-schema.ts';
import { procedures } from './procedure-schema.ts';
import { dated, dateRule, localDate, localTime, planId, rhythmRule, slug, text } from './fields.ts';
import { fillLadder, ladder, ladders } from './ladders.ts';

/**
 * What a plan file and the front matter of a post may hold. Unknown keys are refused: a misspelt optional key would
 * otherwise be dropped in silence. References between the parts are checked in `references.ts`.
 */

/** The longest text one Zalo message may carry; a post must fit in one. */
export const POST_MAX_CHARACTERS = 2_000;

const optionalText = text.nullable().default(null);
const optionalDate = localDate.nullable().default(null);
const unitIds = z.array(slug);

const ward = z.strictObject({
  code: slug,
  name: text,
  city: text,
  province: text,
  timeZone: text.refine(isTimeZone, 'must be a time zone name such as Asia/Ho_Chi_Minh'),
  year: z.int().min(2000).max(2100),
  planTitle: text,
  planNumber: text.nullable(),
  planDate: localDate,
  placeName: text,
  theme: text,
  slogans: z.array(text),
  signer: z.strictObject({ authority: text, title: text, name: text }),
  letterheads: z.array(z.strictObject({ ...dated, upper: text, issuer: text })).min(1),
  hotlines: z.array(z.strictObject({ number: text, label: text })).min(1),
  officeHours: z.strictObject({
    weekdays: z.array(z.int().min(1).max(7)).min(1),
    periods: z
      .array(z.strictObject({ from: localTime, to: localTime }))
      .min(1)
      .refine(areInOrder, 'must be in order, each ending after it begins, none touching the next'),
  }),
  reportRecipients: z.array(z.strictObject({ ...dated, name: text, via: text })).min(1),
  oldNames: z.array(text).default([]),
});

const urgentTemplate = z.strictObject({
  id: slug,
  title: text,
  body: text.refine(hasPlace, 'must say where: {nơi}'),
  approvedBy: slug,
  approvedOn: localDate,
});

const broadcasting = z.strictObject({
  quiet: z.strictObject({ from: localTime, to: localTime }).prefault({ from: '21:00', to: '06:30' }),
  silentDays: z.array(z.strictObject({ date: localDate, reason: text })).default([]),
  lateForMinutes: z.int().min(0).max(2_880).default(720),
  routinePostsADay: z.int().min(1).max(10).default(1),
  nudgeAfterWorkingMinutes: z.int().min(5).max(480).default(30),
  questionsAt: localTime.default('17:00'),
  loudspeaker: z
    .strictObject({
      days: z.int().min(1).max(30).default(3),
      slots: z.array(localTime).min(1).default(['05:30', '17:00']),
      handOverMinutesBefore: z.int().min(0).max(1_440).default(30),
      askAgainAt: localTime.default('08:00'),
    })
    .prefault({}),
  urgentTemplates: z.array(urgentTemplate).default([]),
  deputies: z.array(z.strictObject({ unit: slug, deputy: slug })).default([]),
});

const unit = z.strictObject({
  id: slug,
  name: text,
  active: z.boolean().default(true),
  external: z.boolean().default(false),
  handlesCases: z.boolean().default(false),
  roles: z.array(z.enum(ROLE_IDS)).default([]),
  renamed: z.array(z.strictObject({ ...dated, name: text })).default([]),
});

const neighbourhood = z.strictObject({
  id: slug,
  name: text,
  aliases: z.array(text).default([]),
  households: z.int().positive().nullable().default(null),
});

const obligation = z
  .strictObject({
    id: planId,
    section: text,
    actor: text,
    units: unitIds.min(1),
    duty: z.enum(DUTY_KINDS),
    verbatim: text,
    display: text.optional(),
    timing: optionalText,
    addressedTo: optionalText,
    informed: optionalText,
    inferred: z.array(z.enum(['actor', 'addressedTo', 'informed'])).default([]),
  })
  .transform((row) => ({ ...row, display: row.display ?? row.verbatim }));

const topic = z
  .strictObject({
    id: planId,
    source: text,
    title: text,
    owner: slug,
    partners: unitIds.default([]),
    obligation: planId,
    verbatim: text,
    display: text.optional(),
    channels: z.array(z.enum(TOPIC_CHANNELS)),
    channelsNamed: z.array(text).default([]),
    audience: optionalText,
    namesPersons: z.boolean().default(false),
    validTo: optionalDate,
  })
  .transform((row) => ({ ...row, display: row.display ?? row.verbatim }));

/** `document`, `file`, `photo`, `word`, or `{ checklist: [...] }`. A list is read on a phone. */
const doneBy = z
  .union([
    z.enum(SHOWN_BY).transform((kind) => ({ kind })),
    z
      .strictObject({
        checklist: z
          .array(text.pipe(z.string().max(80)))
          .min(1)
          .max(7),
      })
      .transform(({ checklist }) => ({ kind: 'checklist' as const, items: checklist })),
  ])
  .prefault('document');

const deadline = z.strictObject({
  id: planId,
  obligation: planId,
  document: text,
  recipient: text,
  before: dateRule,
  responsible: slug,
  supervisor: slug,
  deputy: slug,
  ladder: ladder.optional(),
  doneBy,
});

const routine = z.strictObject({
  id: planId,
  obligation: planId,
  title: text,
  on: z.array(rhythmRule).min(1),
  responsible: slug,
  supervisor: slug,
  ladder: ladder.optional(),
  doneBy,
});

const inspection = z.strictObject({
  id: planId,
  title: text,
  obligations: z.array(planId).min(1),
  inspector: slug,
  inspected: unitIds,
  subject: text,
  mode: text,
  announced: z.boolean(),
  alsoUnannounced: z.boolean().default(false),
  kinds: z.array(z.enum(KINDS_OF_INSPECTION)).min(1).default(['regular']),
  checklist: z.array(z.strictObject({ id: slug, text })).default([]),
  output: optionalText,
  schedule: z
    .strictObject({ on: z.array(dateRule).min(1), ladder: ladder.optional() })
    .nullable()
    .default(null),
});

const recipient = z
  .strictObject({ id: planId, verbatim: text, display: text.optional(), units: unitIds })
  .transform((row) => ({ ...row, display: row.display ?? row.verbatim }));

const planFile = z.strictObject({
  ward,
  broadcasting: broadcasting.prefault({}),
  units: z.array(unit).min(1),
  roles: z.array(z.strictObject({ id: z.enum(ROLE_IDS), name: text })),
  neighbourhoods: z.array(neighbourhood).min(1),
  obligations: z.array(obligation),
  topics: z.array(topic),
  deadlines: z.array(deadline),
  routines: z.array(routine).default([]),
  inspections: z.array(inspection),
  procedures,
  recipients: z.array(recipient),
  // Twenty is what fits on a phone without searching.
  categories: z.array(category).min(1).max(20),
  rules: z.array(rule).min(1),
  counting: z.strictObject({ firstDay: text, dayOff: text, pause: text }),
  cases,
  ladders,
});

export const planSchema = planFile.transform((plan, context) => {
  const fill = fillLadder(plan.ladders, context);
  return {
    ...plan,
    deadlines: plan.deadlines.map((rule, i) => ({
      ...rule,
      ladder: fill(rule.ladder, 'report', rule.responsible, 'deadlines', i),
    })),
    routines: plan.routines.map((rule, i) => ({
      ...rule,
      ladder: fill(rule.ladder, 'routine', rule.responsible, 'routines', i),
    })),
    inspections: plan.inspections.map(({ schedule, ...rule }, i) => ({
      ...rule,
      schedule: schedule && {
        ...schedule,
        ladder: fill(schedule.ladder, 'inspection', rule.inspector, 'inspections', i, 'schedule'),
      },
    })),
  };
}) satisfies z.ZodType<Plan>;

/** The front matter of a post; the body follows it as text. */
export const postSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]+-\d+-\d+$/, 'must look like TT-01-1'),
  topic: planId,
  title: text,
  // A file can only be a draft: approving is what a person does in chat.
  status: z.literal('draft'),
  source: z.array(text).min(1),
  validFrom: localDate,
  validTo: optionalDate,
  owner: slug,
  namesPerson: z.boolean(),
}) satisfies z.ZodType<Omit<PlanPost, 'body'>>;

function areInOrder(periods: readonly { from: string; to: string }[]): boolean {
  return periods.every(({ from, to }, index) => from < to && (periods[index - 1]?.to ?? '') < from);
}

function hasPlace(body: string): boolean {
  return body.includes('{nơi}');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
