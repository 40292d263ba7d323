import { shortDay } from '#src/domain/broadcast/labels.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Choice, PromptToOpen } from '#src/domain/outbound.ts';
import { hasRole, type Leave, needsDeputy, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { answer, audit, type EffectContext } from '../inbound/reply.ts';
import { tellLeaveOnVisits } from '../inspections/tell-team-away.ts';
import { personParams, staffName } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';

/** "9" is Quay lại elsewhere and stays out of the numbers. */
const SHOWN = 8;

/** A member is away from a day to a day, or back; who stands in for an approver is said, or asked. Safe to run twice. */
export async function takeLeave(app: App, context: EffectContext, leave: Leave | null): Promise<void> {
  const member = await app.staff.byChat(context.conversation.chat);
  if (!member) return answer(app, context, { key: 'common.notAllowed' });
  await app.staff.setLeave(member.id, leave);
  if (!leave) {
    await audit(app, context, member, 'leave-over', member.id);
    return answer(app, context, { key: 'absence.back', params: personParams(member) });
  }
  await audit(app, context, member, 'leave-taken', member.id, `${leave.from} to ${leave.to}`);
  await tellLeaveOnVisits(app, member, leave);
  const params = { ...personParams(member), days: daysWords(app, leave) };
  if (!needsDeputy(member)) return answer(app, context, { key: 'absence.noted', params });
  const candidates = await candidatesFor(app, member);
  const deputy =
    candidates.find(({ id }) => id === member.deputyId) ?? (await deputyOfPlan(app, member, candidates));
  const others = candidates.filter(({ id }) => id !== deputy?.id).slice(0, SHOWN);
  if (deputy) await stepIn(app, context, { ...member, leave }, deputy);
  const name = deputy ? staffName(deputy) : '';
  const key = deputy ? 'absence.notedDeputy' : others.length > 0 ? 'absence.askDeputy' : 'absence.noDeputy';
  return answer(app, context, { key, params: { ...params, deputy: name } }, deputyPrompt(context, others));
}

/** Another deputy than the plan's, or than the one before. */
export async function chooseDeputy(app: App, context: EffectContext, deputyId: string): Promise<void> {
  const member = await app.staff.byChat(context.conversation.chat);
  const deputy = await app.staff.get(deputyId);
  if (!member || !deputy?.active || deputy.id === member.id)
    return answer(app, context, { key: 'common.notAllowed' });
  await audit(app, context, member, 'deputy-named', member.id, deputy.id);
  await stepIn(app, context, member, deputy);
  return answer(app, context, {
    key: 'absence.deputyChosen',
    params: { ...personParams(member), deputy: staffName(deputy) },
  });
}

/** Who is away now or will be, until when, and who stands in: for everybody who works here. */
export async function listLeave(app: App, context: EffectContext): Promise<void> {
  const today = localDateOf(app.clock.nowMs());
  const staff = await app.staff.list();
  const lines = staff.flatMap((member) => {
    const { leave, deputyId } = member;
    if (!leave || !member.active || leave.to < today) return [];
    const deputy = staff.find(({ id }) => id === deputyId);
    const key = !needsDeputy(member) ? 'absence.line' : deputy ? 'absence.lineDeputy' : 'absence.lineAlone';
    const params = {
      name: member.name,
      days: daysWords(app, leave),
      deputy: deputy ? staffName(deputy) : '',
    };
    return [app.texts.render({ key, params })];
  });
  const key = lines.length === 0 ? 'absence.nobody' : 'absence.list';
  return answer(app, context, { key, params: { lines: lines.join('\n') } });
}

async function stepIn(
  app: App,
  context: EffectContext,
  member: StaffMember,
  deputy: StaffMember,
): Promise<void> {
  await app.staff.setDeputy(member.id, deputy.id);
  if (!member.leave) return;
  await notifyStaff(app, {
    id: `${context.id}.deputy`,
    staff: deputy,
    text: {
      key: 'absence.standIn',
      params: { ...personParams(deputy), absent: staffName(member), days: daysWords(app, member.leave) },
    },
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}

async function candidatesFor(app: App, member: StaffMember): Promise<readonly StaffMember[]> {
  const all = await app.staff.list();
  const rank = (one: StaffMember): number =>
    hasRole(one, 'approver', 'leader', 'chairperson')
      ? 0
      : hasRole(one, 'editor', 'handler', 'admin')
        ? 1
        : 2;
  return all
    .filter((one) => one.id !== member.id && one.active && one.contacts.length > 0 && rank(one) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

async function deputyOfPlan(
  app: App,
  member: StaffMember,
  candidates: readonly StaffMember[],
): Promise<StaffMember | undefined> {
  const { deputies = [] } = (await app.plans.current())?.plan.broadcasting ?? {};
  const unit = deputies.find((one) => one.unit === member.unitId)?.deputy;
  return candidates.find(({ unitId }) => unitId === unit);
}

function deputyPrompt({ id }: EffectContext, people: readonly StaffMember[]): PromptToOpen | undefined {
  if (people.length === 0) return undefined;
  const choices = people.map((one, index): Choice => ({
    number: String(index + 1),
    value: one.id,
    label: one.name,
  }));
  return { id: `${id}.who`, subject: { kind: 'deputy' }, choices };
}

function daysWords({ texts }: Pick<App, 'texts'>, { from, to }: Leave): string {
  const key = from === to ? 'absence.day' : 'absence.days';
  return texts.render({ key, params: { from: shortDay(from), to: shortDay(to) } });
}
