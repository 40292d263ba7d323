import type { Alerts } from '../ports/services.ts';
import type { StaffStore } from '../ports/stores.ts';
import type { Clock, Log } from '../ports/services.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
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
    async raise(kind, params = {}, about) {
      ports.log.error({ alert: kind }, 'alert');
      const nowMs = ports.clock.nowMs();
      const hour = Math.floor(nowMs / HOUR_MS);
      const occasion = [kind, ...(about === undefined ? [] : [about]), String(hour)].join('.');
      const prompt = promptOf(ports, kind, params, occasion);
      for (const admin of await ports.staff.withRole('admin')) {
        await notifyStaff(ports, {
          id: `alert.${occasion}.${admin.id}`,
          staff: admin,
          text: { key: `alert.${kind}`, params },
          ...(prompt ? { prompt } : {}),
          lane: 'reminder',
          dueAtMs: nowMs,
        });
      }
    },
  };
}

/** What can be done about it in chat: a paused channel is set going again. */
function promptOf(
  ports: AlertPorts,
  kind: string,
  { channel }: Readonly<Record<string, string | number>>,
  occasion: string,
): PromptToOpen | null {
  const platform = PLATFORMS.find((one) => one === channel);
  if (kind !== 'channelPaused' || !platform) return null;
  const label = ports.texts.render({ key: 'alert.resumeChannel' });
  return {
    id: `alert.${occasion}`,
    subject: { kind: 'paused-channel', platform },
    choices: [{ number: '1', value: 'resume', label }],
  };
}
