import { randomUUID } from 'node:crypto';
import { type HiddenAsked, visitsForOperator } from '#src/app/inspections/list-for-operator.ts';
import { addDays, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Core } from '../core.ts';
import { orderedBy } from './ordered-by.ts';
import { type CommandAnswer, failed, table } from './output.ts';

export interface InspectionsCommand {
  readonly unannounced?: true;
  readonly by?: string;
  readonly reason?: string;
}

/** A year. */
const BACK_DAYS = 366;

/**
 * Visits of inspectors of the last year and to come: the announced and the closed. `--unannounced` shows the others too, but not
 * those to the unit of `--by`, and stays on record. JSON: an array of `{inspection, rule, kind, unit, day, state, announced,
 * team, findings}`; failed with `no-reason`, `unknown-staff`.
 */
export async function listInspections(core: Core, command: InspectionsCommand): Promise<CommandAnswer> {
  const asked = await hiddenAsked(core, command);
  if (asked && 'lines' in asked) return asked;
  const since = addDays(localDateOf(core.clock.nowMs()), -BACK_DAYS);
  const visits = await visitsForOperator(core.app, since, asked);
  return {
    ok: true,
    json: visits.map(({ id, ruleId, kind, unitId, day, state, isAnnounced, team, findings }) => ({
      ...{ inspection: id, rule: ruleId, kind, unit: unitId, day, state, announced: isAnnounced, team },
      findings: findings.length,
    })),
    lines:
      visits.length === 0
        ? ['no inspection']
        : table(
            visits.map(({ id, ruleId, kind, unitId, day, state, findings }) => [
              ...[day, state, ruleId, kind, unitId, `${String(findings.length)} findings`, id],
            ]),
          ),
  };
}

async function hiddenAsked(
  core: Core,
  { unannounced, by = '', reason = '' }: InspectionsCommand,
): Promise<HiddenAsked | CommandAnswer | null> {
  if (!unannounced) return null;
  const member = await orderedBy(core, { by, reason });
  if ('lines' in member) return member;
  if (!member.active) return failed('unknown-staff', `--by: ${by} has left`);
  return { id: `listed.${randomUUID()}`, by: member, reason };
}
