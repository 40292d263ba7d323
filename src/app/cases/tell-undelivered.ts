import type { Case } from '#src/domain/case.ts';
import { ANSWER_ROWS, type Delivery } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { notifyStaff } from '../send/notify.ts';

const TOLD_AT_ONCE = 50;

/**
 * An answer that was refused, came back, or of which nobody knows whether it arrived must not vanish: whoever gave it
 * hears of it once, with the number to call and two buttons; without them in the channel the admins do. Safe to run
 * twice and in several processes.
 */
export async function tellUndelivered(app: App, signal?: AbortSignal): Promise<void> {
  for (const row of await app.deliveries.undelivered(ANSWER_ROWS, TOLD_AT_ONCE)) {
    if (signal?.aborted) return;
    const matter = row.caseId === undefined ? null : await app.cases.get(row.caseId);
    const isTold = matter === null || (await tell(app, row, matter));
    // Told before it is written down: a crash between the two says it again under the same id.
    if (isTold) await app.deliveries.markReported(row.id, 'told', app.clock.nowMs());
    else app.log.warn({ delivery: row.id }, 'nobody to tell that an answer did not arrive');
  }
}

async function tell(app: App, row: Delivery, matter: Case): Promise<boolean> {
  const handler = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  if (handler && (await tellOne(app, row, matter, handler, matter.phone))) return true;
  let isTold = false;
  for (const admin of await app.staff.withRole('admin')) {
    // A resident's number is for the handler alone.
    if (await tellOne(app, row, matter, admin, null)) isTold = true;
  }
  return isTold;
}

async function tellOne(
  app: App,
  row: Delivery,
  matter: Case,
  staff: StaffMember,
  phone: string | null,
): Promise<boolean> {
  const { texts } = app;
  const call = phone === null ? '' : texts.render({ key: 'staff.callPhone', params: { phone } });
  const id = `undelivered.${row.id}.${String(row.attempts)}`;
  const notified = await notifyStaff(app, {
    id: `${id}.${staff.id}`,
    staff,
    text: { key: `staff.undelivered.${row.state}`, params: { code: matter.code, call } },
    prompt: {
      id,
      subject: { kind: 'unknown-delivery', deliveryId: row.id },
      choices: [
        { number: '1', value: 'resend', label: texts.render({ key: 'staff.undelivered.again' }) },
        { number: '2', value: 'seen', label: texts.render({ key: 'staff.undelivered.told' }) },
      ],
    },
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
  return notified.kind !== 'no-contact';
}
