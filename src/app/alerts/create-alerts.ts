import type { Alerts } from '../ports/services.ts';
import type { StaffStore } from '../ports/stores.ts';
import type { Clock, Log } from '../ports/services.ts';
import { notifyStaff, type NotifyPorts } from '../send/notify.ts';

const HOUR_MS = 3_600_000;

export interface AlertPorts extends NotifyPorts {
  readonly staff: Pick<StaffStore, 'withRole'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Alerts reach every admin in chat, at most once an hour a kind; with nobody to tell, the log still says it. */
export function createAlerts(ports: AlertPorts): Alerts {
  return {
    async raise(kind, params = {}) {
      ports.log.error({ alert: kind }, 'alert');
      const nowMs = ports.clock.nowMs();
      const hour = Math.floor(nowMs / HOUR_MS);
      for (const admin of await ports.staff.withRole('admin')) {
        await notifyStaff(ports, {
          id: `alert.${kind}.${String(hour)}.${admin.id}`,
          staff: admin,
          text: { key: `alert.${kind}`, params },
          lane: 'reminder',
          dueAtMs: nowMs,
        });
      }
    },
  };
}
