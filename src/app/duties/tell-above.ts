import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { toldAbove } from '#src/domain/duties/told-above.ts';
import type { Duty } from '#src/domain/duty.ts';
import { inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff, type Notice } from '../send/notify.ts';

type Above = ReturnType<typeof toldAbove>[number]['role'];

/** Whoever heard that nobody had answered hears that it is done, but for whom did it. Says it once, however often it is run. */
export async function tellAbove(
  app: App,
  context: EffectContext,
  duty: Duty,
  by: StaffMember,
  noticeFor: (role: Above, person: StaffMember) => Pick<Notice, 'text' | 'photoIds' | 'documentId'>,
): Promise<void> {
  const above = toldAbove(duty);
  if (above.length === 0) return;
  const nowMs = app.clock.nowMs();
  const staff = await app.staff.list();
  for (const { role, staffId } of above) {
    const person = inPlaceOf(staffId, staff, localDateOf(nowMs));
    if (!person || person.id === by.id) continue;
    await notifyStaff(app, {
      id: `${context.id}.done.${person.id}`,
      staff: person,
      ...noticeFor(role, person),
      lane: 'reminder',
      dueAtMs: nowMs,
    });
  }
}
