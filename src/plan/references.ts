import type { Ladder, Plan } from '#src/domain/plan.ts';
import type { LetterHandling } from '#src/domain/plan-cases.ts';
import { isAnnounced } from '#src/domain/plan-inspections.ts';
import type { PlanPost } from '#src/domain/plan-post.ts';
import { findProcedureFaults } from './procedure-schema.ts';

export type Path = readonly (string | number)[];
/** A fault inside one document, before its path is turned into a line. */
export type Fault = { readonly path: Path; readonly message: string };

/**
 * What a schema cannot see: ids used twice and references to things that are not there.
 * @returns every fault, in the order of the file's parts; empty when the plan hangs together.
 */
export function findPlanFaults(plan: Plan): Fault[] {
  return [
    ...findDuplicates(plan),
    ...findMissingRoles(plan),
    ...findDanglingUnits(plan),
    ...findDanglingObligations(plan),
    ...findCategoryFaults(plan),
    ...findHandlingFaults(plan),
    ...findLadderFaults(plan),
    ...findAheadFaults(plan),
    ...findInspectionFaults(plan),
    ...findProcedureFaults(plan),
  ];
}

/** The same for the front matter of a post, given the plan it belongs to. */
export function findPostFaults(post: PlanPost, plan: Plan): Fault[] {
  const faults: Fault[] = [];
  if (!plan.topics.some(({ id }) => id === post.topic))
    faults.push({ path: ['topic'], message: `unknown topic "${post.topic}"` });
  if (!plan.units.some(({ id }) => id === post.owner))
    faults.push({ path: ['owner'], message: `unknown unit "${post.owner}"` });
  return faults;
}

function findDuplicates(plan: Plan): Fault[] {
  const keyed: readonly (readonly [keyof Plan, readonly string[]])[] = [
    ['units', plan.units.map(({ id }) => id)],
    ['roles', plan.roles.map(({ id }) => id)],
    ['neighbourhoods', plan.neighbourhoods.map(({ id }) => id)],
    ['obligations', plan.obligations.map(({ id }) => id)],
    ['topics', plan.topics.map(({ id }) => id)],
    ['deadlines', plan.deadlines.map(({ id }) => id)],
    ['routines', plan.routines.map(({ id }) => id)],
    ['inspections', plan.inspections.map(({ id }) => id)],
    ['recipients', plan.recipients.map(({ id }) => id)],
    ['categories', plan.categories.map(({ id }) => id)],
    // A rule may come again with another day from which it holds.
    ['rules', plan.rules.map(({ id, effectiveFrom }) => `${id} from ${effectiveFrom}`)],
  ];
  return keyed.flatMap(([list, keys]) =>
    keys.flatMap((key, index) =>
      keys.indexOf(key) < index
        ? [{ path: [list, index, 'id'], message: `duplicate id "${key}" in ${list}` }]
        : [],
    ),
  );
}

function findMissingRoles(plan: Plan): Fault[] {
  const named = new Set(plan.roles.map(({ id }) => id));
  return plan.units.flatMap(({ roles }, index) =>
    roles.flatMap((role, at) =>
      named.has(role)
        ? []
        : [{ path: ['units', index, 'roles', at], message: `role "${role}" has no name in roles` }],
    ),
  );
}

function findDanglingUnits(plan: Plan): Fault[] {
  const known = new Set(plan.units.map(({ id }) => id));
  const check = (id: string, ...path: (string | number)[]): Fault[] =>
    known.has(id) ? [] : [{ path, message: `unknown unit "${id}"` }];
  const checkAll = (ids: readonly string[], ...path: (string | number)[]): Fault[] =>
    ids.flatMap((id, at) => check(id, ...path, at));
  return [
    ...plan.obligations.flatMap(({ units }, i) => checkAll(units, 'obligations', i, 'units')),
    ...plan.topics.flatMap(({ owner, partners }, i) => [
      ...check(owner, 'topics', i, 'owner'),
      ...checkAll(partners, 'topics', i, 'partners'),
    ]),
    ...plan.deadlines.flatMap(({ responsible, supervisor, deputy }, i) => [
      ...check(responsible, 'deadlines', i, 'responsible'),
      ...check(supervisor, 'deadlines', i, 'supervisor'),
      ...check(deputy, 'deadlines', i, 'deputy'),
    ]),
    ...plan.routines.flatMap(({ responsible, supervisor }, i) => [
      ...check(responsible, 'routines', i, 'responsible'),
      ...check(supervisor, 'routines', i, 'supervisor'),
    ]),
    ...plan.inspections.flatMap(({ inspector, inspected }, i) => [
      ...check(inspector, 'inspections', i, 'inspector'),
      ...checkAll(inspected, 'inspections', i, 'inspected'),
    ]),
    ...(plan.ladders ?? []).flatMap(({ unit }, i) =>
      unit === null ? [] : check(unit, 'ladders', i, 'unit'),
    ),
    ...plan.recipients.flatMap(({ units }, i) => checkAll(units, 'recipients', i, 'units')),
    ...plan.categories.flatMap(({ unit }, i) => check(unit, 'categories', i, 'unit')),
    ...plan.broadcasting.urgentTemplates.flatMap(({ approvedBy }, i) =>
      check(approvedBy, 'broadcasting', 'urgentTemplates', i, 'approvedBy'),
    ),
    ...plan.broadcasting.deputies.flatMap(({ unit, deputy }, i) => [
      ...check(unit, 'broadcasting', 'deputies', i, 'unit'),
      ...check(deputy, 'broadcasting', 'deputies', i, 'deputy'),
    ]),
  ];
}

function findDanglingObligations(plan: Plan): Fault[] {
  const known = new Set(plan.obligations.map(({ id }) => id));
  const check = (id: string, ...path: (string | number)[]): Fault[] =>
    known.has(id) ? [] : [{ path, message: `unknown obligation "${id}"` }];
  return [
    ...plan.topics.flatMap(({ obligation }, i) => check(obligation, 'topics', i, 'obligation')),
    ...plan.deadlines.flatMap(({ obligation }, i) => check(obligation, 'deadlines', i, 'obligation')),
    ...plan.routines.flatMap(({ obligation }, i) => check(obligation, 'routines', i, 'obligation')),
    ...plan.inspections.flatMap(({ obligations }, i) =>
      obligations.flatMap((id, at) => check(id, 'inspections', i, 'obligations', at)),
    ),
  ];
}

function findCategoryFaults(plan: Plan): Fault[] {
  const rules = new Set(plan.rules.map(({ id }) => id));
  const numbers = new Set(plan.ward.hotlines.map(({ number }) => number));
  const handling = new Set(plan.units.filter(({ handlesCases }) => handlesCases).map(({ id }) => id));
  const known = new Set(plan.units.map(({ id }) => id));
  return plan.categories.flatMap(({ unit, rule, emergency }, i) => [
    ...(rules.has(rule) ? [] : [{ path: ['categories', i, 'rule'], message: `unknown rule "${rule}"` }]),
    ...(known.has(unit) && !handling.has(unit)
      ? [{ path: ['categories', i, 'unit'], message: `unit "${unit}" does not handle cases` }]
      : []),
    ...emergency.flatMap((number, at) =>
      numbers.has(number)
        ? []
        : [{ path: ['categories', i, 'emergency', at], message: `"${number}" is not among ward.hotlines` }],
    ),
  ]);
}

function findHandlingFaults({ cases, rules, categories, neighbourhoods, units }: Plan): Fault[] {
  const known = new Set(rules.map(({ id }) => id));
  const handling = new Set(units.filter(({ handlesCases }) => handlesCases).map(({ id }) => id));
  const places = new Set(neighbourhoods.map(({ id }) => id));
  const fault = (isFine: boolean, message: string, ...path: (string | number)[]): Fault[] =>
    isFine ? [] : [{ path: ['cases', ...path], message }];
  return [
    ...(['silenceRule', 'disputeRule', 'extensionRule'] as const).flatMap((field) =>
      fault(known.has(cases[field]), `unknown rule "${cases[field]}"`, field),
    ),
    ...findLetterFaults(cases.letters, rules, handling),
    ...cases.routes.flatMap(({ category, neighbourhoods: named, unit }, i) => [
      ...fault(handling.has(unit), `unit "${unit}" does not handle cases`, 'routes', i, 'unit'),
      ...fault(
        category === null || categories.some(({ id }) => id === category),
        `unknown category "${String(category)}"`,
        ...['routes', i, 'category'],
      ),
      ...named.flatMap((id, at) =>
        fault(places.has(id), `unknown neighbourhood "${id}"`, 'routes', i, 'neighbourhoods', at),
      ),
    ]),
  ];
}

function findLetterFaults(
  letters: LetterHandling | null,
  rules: Plan['rules'],
  handling: ReadonlySet<string>,
): Fault[] {
  if (letters === null) return [];
  const { unit, petitionRule, complaint, denunciation } = letters;
  const named: readonly (readonly [Path, string])[] = [
    [['petitionRule'], petitionRule],
    ...Object.entries(complaint).map(([name, id]) => [['complaint', name], id] as const),
    ...Object.entries(denunciation).map(([name, id]) => [['denunciation', name], id] as const),
  ];
  const isOfDays = (ruleId: string): boolean => {
    const versions = rules.filter(({ id }) => id === ruleId);
    return versions.length > 0 && versions.every(({ term }) => term.unit.endsWith('days'));
  };
  return [
    ...(handling.has(unit)
      ? []
      : [{ path: ['cases', 'letters', 'unit'], message: `unit "${unit}" does not handle cases` }]),
    ...named.flatMap(([path, id]) =>
      isOfDays(id)
        ? []
        : [{ path: ['cases', 'letters', ...path], message: `no rule "${id}" that counts days` }],
    ),
  ];
}

function findLadderFaults(plan: Plan): Fault[] {
  const isFallingOut = ({ rungs }: Ladder): boolean =>
    rungs.some((rung, i) => {
      const before = rungs[i - 1];
      return (
        before !== undefined &&
        (before.workingDaysBefore < rung.workingDaysBefore ||
          (before.workingDaysBefore === rung.workingDaysBefore && before.at >= rung.at))
      );
    });
  const message = 'must go from the earliest reminder to the latest';
  const all = plan.ladders ?? [];
  // A ladder that a rule has from `ladders` is named once, where it is written.
  const isWrong = (ladder: Ladder): boolean =>
    isFallingOut(ladder) && !all.some((one) => one.ladder === ladder);
  return [
    ...all.flatMap(({ ladder }, i) =>
      isFallingOut(ladder) ? [{ path: ['ladders', i, 'rungs'], message }] : [],
    ),
    ...all.flatMap((one, i) =>
      all.findIndex((other) => other.for === one.for && other.unit === one.unit) < i
        ? [{ path: ['ladders', i, 'for'], message: `there is one for ${one.for} already` }]
        : [],
    ),
    ...plan.deadlines.flatMap(({ ladder }, i) =>
      isWrong(ladder) ? [{ path: ['deadlines', i, 'ladder', 'rungs'], message }] : [],
    ),
    ...plan.routines.flatMap(({ ladder }, i) =>
      isWrong(ladder) ? [{ path: ['routines', i, 'ladder', 'rungs'], message }] : [],
    ),
    ...plan.inspections.flatMap(({ schedule }, i) =>
      schedule !== null && isWrong(schedule.ladder)
        ? [{ path: ['inspections', i, 'schedule', 'ladder', 'rungs'], message }]
        : [],
    ),
  ];
}

/** What comes before something must name what has days of its own. */
function findAheadFaults({ deadlines, routines }: Plan): Fault[] {
  const dated = new Set([
    ...deadlines.map(({ id }) => id),
    ...routines
      .filter(({ on }) => on.every(({ kind }) => kind !== 'ahead' && kind !== 'weekly'))
      .map(({ id }) => id),
  ]);
  return routines.flatMap(({ on }, i) =>
    on.flatMap((rule, at) =>
      rule.kind === 'ahead' && !dated.has(rule.of)
        ? [
            {
              path: ['routines', i, 'on', at],
              message: `"${rule.of}" is no deadline or routine with days of its own`,
            },
          ]
        : [],
    ),
  );
}

/** A date in the plan can be seen by everyone, so an unannounced inspection must not have one. */
function findInspectionFaults(plan: Plan): Fault[] {
  return plan.inspections.flatMap((inspection, i) => {
    const { announced, alsoUnannounced, schedule, kinds, checklist } = inspection;
    const isSurprise = announced && !alsoUnannounced && kinds.some((kind) => !isAnnounced(inspection, kind));
    const ids = checklist.map(({ id }) => id);
    return [
      ...(!announced && schedule !== null
        ? [fault([i, 'schedule'], 'an unannounced inspection has no dates in the plan')]
        : []),
      ...(isSurprise
        ? [fault([i, 'kinds'], 'a kind that comes by surprise needs alsoUnannounced: true')]
        : []),
      ...ids.flatMap((id, at) =>
        ids.indexOf(id) < at ? [fault([i, 'checklist', at, 'id'], `duplicate id "${id}" in checklist`)] : [],
      ),
    ];
  });
}

const fault = (path: Path, message: string): Fault => ({ path: ['inspections', ...path], message });
