import type { Effect } from '#src/domain/conversation/types.ts';
import type { Choice } from '#src/domain/outbound.ts';
import { hasAddress, hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { answer, type EffectContext, replyText } from '../inbound/reply.ts';
import { actingMember } from '../staff/acting.ts';
import { changeFromChat } from './order-duty.ts';
import { dutyParams } from './present-duty.ts';

/** "9" is Quay lại elsewhere and stays out of the numbers. */
const SHOWN = 8;

/** To whom a duty can be given, its own unit first. */
export async function pickAssignee(app: App, context: EffectContext, dutyId: string): Promise<void> {
  const duty = await app.duties.get(dutyId);
  if (!duty) return replyText(app, context, { key: 'common.notAllowed' });
  const rank = (one: StaffMember): number => (one.unitId === duty.unitId ? 0 : 1);
  const people = (await app.staff.list())
    .filter((one) => hasAddress(one) && one.id !== duty.responsibleId)
    .filter((one) => hasRole(one, 'handler', 'editor', 'approver', 'inspector', 'leader', 'admin'))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'))
    .slice(0, SHOWN);
  if (people.length === 0) return replyText(app, context, { key: 'duty.assign.nobody' });
  const choices = people.map(({ id, name }, index): Choice => ({
    number: String(index + 1),
    value: id,
    label: name,
  }));
  const params = dutyParams(app.texts, app.calendar, duty, app.clock.nowMs());
  return answer(
    app,
    context,
    { key: 'duty.assign.who', params },
    { id: `${context.id}.pick`, subject: { kind: 'duty-pick', dutyId }, choices },
  );
}

/** Gives a duty to the one who was picked and says what holds now. */
export async function assignDuty(
  app: App,
  context: EffectContext,
  { toId, ...order }: Extract<Effect, { kind: 'assign-duty' }>,
): Promise<void> {
  const by = await actingMember(app, context.conversation.chat);
  if (!by) return replyText(app, context, { key: 'common.notAllowed' });
  return changeFromChat(app, context, by, order, { kind: 'assign', toId });
}
