import { ladderOf } from '#src/domain/duties/change-duty.ts';
import { chainTo, pickChain } from '#src/domain/duties/chain.ts';
import { makeDuty } from '#src/domain/duties/open-duties.ts';
import type { Case } from '#src/domain/case.ts';
import { endOfDay, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { App } from '../app.ts';
import { tellDuty } from '../duties/change-duty.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';

/** Begins the ids of such duties: "rút đồng ý". */
const WITHDRAWN = 'RD';
const RULE = 'data-withdraw';

/**
 * Consent is taken back: what is still being worked on becomes a duty of whoever has it, by the day by which the law wants it
 * done (Luật 91/2025/QH15), and is reminded of and goes up as other duties do. Safe to run twice.
 */
export async function withdrawConsent(
  app: App,
  context: EffectContext,
  open: readonly Case[],
): Promise<void> {
  const nowMs = app.clock.nowMs();
  const dueAtMs = await dueOf(app, nowMs);
  for (const matter of open) await openDuty(app, matter, localDateOf(dueAtMs));
  const known = await app.destinations.byChat(context.conversation.chat);
  if (known?.kind === 'subscriber') await app.destinations.erase(known.id);
  await replyText(app, context, { key: 'mydata.withdrawn', params: presentDay(app.texts, dueAtMs) });
}

async function openDuty(app: App, { id, code, unitId, handlerId }: Case, dueDate: LocalDate): Promise<void> {
  const staff = await app.staff.list();
  const responsibleId = handlerId ?? pickChain(staff, unitId, null).responsibleId;
  const duty = makeDuty(app.calendar, app.clock.nowMs(), {
    ...{ id: `${WITHDRAWN}-${id}`, ruleId: WITHDRAWN, kind: 'routine', recipient: '', unitId, dueDate },
    title: app.texts.render({ key: 'duty.consent.title', params: { code } }),
    ladder: ladderOf((await app.plans.current())?.plan ?? null, { ruleId: WITHDRAWN, unitId }),
    doneBy: { kind: 'word' },
    chain: chainTo(staff, unitId, responsibleId),
  });
  await app.duties.open(duty);
  const person = staff.find((one) => one.id === responsibleId);
  if (!person) return;
  const reason = app.texts.render({ key: 'duty.consent.reason' });
  await tellDuty(app, { id: `consent.${duty.id}`, duty, person, key: 'duty.change.assigned', reason });
}

/** A plan that names no such rule has it done the same day. */
async function dueOf(app: App, nowMs: number): Promise<number> {
  const hasRule = (await app.plans.current())?.plan.rules.some(({ id }) => id === RULE) ?? false;
  return hasRule ? app.dueAtMs(RULE, nowMs) : endOfDay(localDateOf(nowMs));
}
