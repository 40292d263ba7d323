import { randomUUID } from 'node:crypto';
import { controlRun, type RunAction } from '#src/app/broadcast/control-run.ts';
import { settleDelivery } from '#src/app/broadcast/settle-unknown.ts';
import type { Core } from '../core.ts';
import { type OrderCommand, orderedBy } from './ordered-by.ts';
import { type CommandAnswer, failed, table } from './output.ts';

/**
 * Pauses a run, lets it go on, or stops it. JSON: `{ok: true, run, state}`; failed with the reasons `unknown-run`,
 * `unknown-staff`, `not-allowed`, `too-late`, `no-reason`.
 */
export async function changeRun(
  core: Core,
  runId: string,
  action: RunAction,
  order: OrderCommand,
): Promise<CommandAnswer> {
  const by = await orderedBy(core, order);
  if ('lines' in by) return by;
  const { reason } = order;
  const id = `control.${randomUUID()}`;
  const controlled = await controlRun(core.app, { id, runId, action, by, reason });
  switch (controlled.kind) {
    case 'unknown-run':
      return failed('unknown-run', `there is no run ${runId}`);
    case 'not-allowed':
      return failed('not-allowed', `${order.by} may not: the author, approvers, leaders and admins may`);
    case 'too-late':
      return failed('too-late', `${runId} is ${controlled.run.state}`);
    case 'done': {
      const { state } = controlled.run;
      return { ok: true, json: { ok: true, run: runId, state }, lines: [`${runId} is ${state}`] };
    }
  }
}

const SHOWN = 1_000;

/**
 * The rows of a run of which nobody knows whether they arrived. JSON: `{ok: true, run, unknown: [{delivery, channel,
 * place, detail}]}`, at most a thousand; failed with `unknown-run`.
 */
export async function listUnknown(core: Core, runId: string): Promise<CommandAnswer> {
  if (!(await core.store.runs.get(runId))) return failed('unknown-run', `there is no run ${runId}`);
  const rows = await core.store.deliveries.ofRun(runId, 'unknown', SHOWN);
  const unknown = await Promise.all(
    rows.map(async (row) => {
      const { target } = row;
      const found =
        target.kind === 'destination' ? await core.store.destinations.get(target.destinationId) : null;
      const place = found?.title ?? (target.kind === 'chat' ? target.chat.chatId : target.destinationId);
      return { delivery: row.id, channel: row.rendering ?? row.platform, place, detail: row.detail ?? '' };
    }),
  );
  return {
    ok: true,
    json: { ok: true, run: runId, unknown },
    lines:
      unknown.length === 0
        ? ['none is unknown']
        : table([
            ['DELIVERY', 'CHANNEL', 'PLACE', 'WHY'],
            ...unknown.map((one) => [one.delivery, one.channel, one.place, one.detail]),
          ]),
  };
}

export interface SettleCommand {
  readonly by: string;
  readonly seen?: true;
  readonly again?: true;
}

/**
 * What a person found where nobody knew: the post is there, or is to go out once more. JSON: `{ok: true, delivery, state}`;
 * failed with the reasons `unknown-delivery`, `unknown-staff`, `not-allowed`, `not-unknown`, `corrected`, `which`.
 */
export async function settle(
  core: Core,
  deliveryId: string,
  { by, seen, again }: SettleCommand,
): Promise<CommandAnswer> {
  if ((seen === true) === (again === true)) return failed('which', 'say either --seen or --again');
  const member = await core.store.staff.get(by);
  if (!member) return failed('unknown-staff', `--by: no member of staff has the id ${by}`);
  const id = `settle.${randomUUID()}`;
  const settled = await settleDelivery(core.app, { id, deliveryId, by: member, seen: seen === true });
  switch (settled.kind) {
    case 'settled': {
      const state = seen ? 'sent' : 'pending';
      return {
        ok: true,
        json: { ok: true, delivery: deliveryId, state },
        lines: [`${deliveryId} is ${state}`],
      };
    }
    case 'gone':
      return failed('unknown-delivery', `no run has a delivery ${deliveryId}: see run show RUN --unknown`);
    case 'not-allowed':
      return failed('not-allowed', `${by} may not: the author, editors, approvers, leaders and admins may`);
    case 'corrected':
      return failed('corrected', 'its run was corrected: the old text is not sent again');
    case 'not-unknown':
      return failed('not-unknown', `${deliveryId} is ${settled.state}`);
  }
}
