import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { announceCase, sendCard } from './announce-case.ts';
import { planOf } from './case-law.ts';
import { categoryOf } from './create-case.ts';
import { performByOfficer } from './perform-act.ts';
import { dueOf, tellResident } from './tell-resident.ts';

/** To a colleague (`staff:<id>`) or another unit (`unit:<id>`), with the reason; whoever has it now gets the card. */
export async function handOverCase(
  app: App,
  context: EffectContext,
  caseId: string,
  target: string,
  reason: string,
): Promise<void> {
  const [kind, id] = [target.slice(0, target.indexOf(':')), target.slice(target.indexOf(':') + 1)];
  return kind === 'unit'
    ? routeCase(app, context, caseId, id, reason)
    : toColleague(app, context, caseId, id, reason);
}

async function toColleague(
  app: App,
  context: EffectContext,
  caseId: string,
  toId: string,
  reason: string,
): Promise<void> {
  const colleague = await app.staff.get(toId);
  if (!colleague?.active) return replyText(app, context, { key: 'casework.colleagueGone' });
  const done = await performByOfficer(app, context, caseId, { kind: 'hand-over', toId, reason });
  if (!done) return;
  const { matter } = done;
  const category = await categoryOf(app, matter.categoryId);
  const notice = { key: 'casework.cards.handed', id: `handed.${context.id}`, reason } as const;
  await sendCard(app, colleague, matter, category, notice);
  await replyText(app, context, {
    key: 'casework.done.hand-over',
    params: { code: matter.code, name: colleague.name },
  });
}

async function routeCase(
  app: App,
  context: EffectContext,
  caseId: string,
  unitId: string,
  reason: string,
): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'route', unitId, reason });
  if (!done) return;
  const { matter } = done;
  const unit = unitNameOf(await planOf(app), unitId, localDateOf(app.clock.nowMs()));
  const category = await categoryOf(app, matter.categoryId);
  const notice = { key: 'casework.cards.handed', id: `routed.${context.id}`, reason } as const;
  await announceCase(app, matter, category, notice);
  await tellResident(app, matter, {
    id: context.id,
    text: {
      key: 'mycase.routed',
      params: { code: matter.code, unit, due: dueOf(app, matter) },
    },
  });
  await replyText(app, context, {
    key: 'casework.done.hand-over',
    params: { code: matter.code, name: unit },
  });
}
