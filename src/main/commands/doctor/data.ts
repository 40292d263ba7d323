import { shippedDecisions } from '#src/calendar/build-calendar.ts';
import { localDateOf, yearOf } from '#src/domain/calendar/local-time.ts';
import type { Store } from '#src/store/connect.ts';
import { troubleOf } from '../on-database.ts';
import { doubtful, type Finding, ill, well } from './finding.ts';

/** That the database answers, and what is in it. */
export async function dataFindings(store: Store): Promise<readonly Finding[]> {
  await store.ping();
  return [well('database', 'answers'), await planFinding(store), await staffFinding(store)];
}

export function databaseTrouble(error: unknown): Finding {
  const trouble = troubleOf(error);
  if (trouble === null) throw error;
  return ill('database', trouble.problem, trouble.hint);
}

async function planFinding({ plans }: Store): Promise<Finding> {
  const current = await plans.current();
  if (!current) return ill('plan', 'none is imported', 'npm run loa -- plan import plans/<ward>-<year>.yaml');
  const { name, year } = current.plan.ward;
  return well('plan', `${name} ${String(year)}, ${String(current.posts.length)} posts`);
}

async function staffFinding({ staff }: Store): Promise<Finding> {
  const admins = (await staff.withRole('admin')).filter((member) => member.contacts.length > 0);
  return admins.length > 0
    ? well('staff', `${String(admins.length)} admin reachable in chat`)
    : doubtful(
        'staff',
        'no admin has joined: nobody hears of trouble or confirms groups',
        'npm run loa -- staff invite --role admin --unit … --name …',
      );
}

/** This year's days off must be known; next year's are decided late in the year before. */
export function calendarFinding(nowMs: number): Finding {
  const isDecided = (year: number): boolean =>
    shippedDecisions.years.some((decided) => decided.year === year && decided.official);
  const year = yearOf(localDateOf(nowMs));
  const hint = 'add them to src/calendar/decisions.json once the government has decided';
  const missing = (which: number): string =>
    `the days off of ${String(which)} are not in the table: deadlines that reach into it may still move`;
  if (!isDecided(year)) return ill('calendar', missing(year), hint);
  if (!isDecided(year + 1)) return doubtful('calendar', missing(year + 1), hint);
  return well('calendar', `the days off of ${String(year)} and ${String(year + 1)} are known`);
}
