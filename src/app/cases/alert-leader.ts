import { crowdBehind, reporterKey } from '#src/domain/cases/many-residents.ts';
import { superiorOf } from '#src/domain/cases/may-handle.ts';
import type { Case } from '#src/domain/case.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { App } from '../app.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { planOf } from './case-law.ts';

const LOOKED_AT = 300;

/** Several residents about one place, or many about one matter: somebody above hears of it, once in the plan's days. */
export async function alertLeader(app: App, matter: Case): Promise<void> {
  const plan = await planOf(app);
  const { alert } = plan.cases;
  const nowMs = app.clock.nowMs();
  const { categoryId, neighbourhoodId } = matter;
  const period = Math.floor(nowMs / (alert.days * DAY_MS));
  const noticeId = (of: string | null) => `many.${categoryId}.${of ?? 'all'}.${String(period)}`;
  const leader = superiorOf(await app.staff.list(), { unitId: matter.unitId, handlerId: null });
  // On a day on which a whole quarter writes it is said already, and need not be counted for each case again.
  if (!leader || (await areTold(app, [noticeId(null), noticeId(neighbourhoodId)]))) return;
  const like = await app.cases.alike(categoryId, nowMs - alert.days * DAY_MS, LOOKED_AT);
  const crowd = crowdBehind(like, { chatKey: reporterKey(matter), neighbourhoodId }, alert);
  if (!crowd) return;
  const place = plan.neighbourhoods.find(({ id }) => id === crowd.neighbourhoodId)?.name ?? plan.ward.name;
  await notifyStaff(app, {
    id: noticeId(crowd.neighbourhoodId),
    staff: leader,
    text: {
      key: 'casework.manyResidents',
      params: {
        ...personParams(leader),
        residents: crowd.residents,
        place,
        days: alert.days,
        category: plan.categories.find(({ id }) => id === matter.categoryId)?.label ?? '',
      },
    },
    lane: 'reminder',
    dueAtMs: morningAfterNight(nowMs),
  });
}

async function areTold(app: App, noticeIds: readonly string[]): Promise<boolean> {
  const rows = await Promise.all([...new Set(noticeIds)].map((id) => app.deliveries.get(id)));
  return rows.every((row) => row !== null);
}
