import { crowdBehind } from '#src/domain/cases/many-residents.ts';
import { superiorOf } from '#src/domain/cases/may-handle.ts';
import type { Case } from '#src/domain/case.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { chatKey } from '#src/domain/inbound.ts';
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
  const like = await app.cases.alike(matter.categoryId, nowMs - alert.days * DAY_MS, LOOKED_AT);
  const newest = { chatKey: chatKey(matter.resident), neighbourhoodId: matter.neighbourhoodId };
  const crowd = crowdBehind(like, newest, alert);
  const leader = crowd && superiorOf(await app.staff.list(), { unitId: matter.unitId, handlerId: null });
  if (!crowd || !leader) return;
  const place = plan.neighbourhoods.find(({ id }) => id === crowd.neighbourhoodId)?.name ?? plan.ward.name;
  const period = Math.floor(nowMs / (alert.days * DAY_MS));
  await notifyStaff(app, {
    id: `many.${matter.categoryId}.${crowd.neighbourhoodId ?? 'all'}.${String(period)}`,
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
