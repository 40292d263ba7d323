import { type Series, seriesHash } from '#src/domain/series.ts';
import { notifyStaff } from '../../send/notify.ts';
import type { BroadcastPorts } from '../ports.ts';
import { SCHEDULE } from '../tell-schedule.ts';
import { askSeriesApproval } from './ask-series-approval.ts';

/** A series that is not what was approved makes no run any more and waits for an approval again. */
export async function voidSeries(ports: BroadcastPorts, series: Series): Promise<void> {
  ports.log.error({ series: series.id }, 'series without a valid approval');
  const hash = seriesHash(series, ports.hash);
  const change = {
    state: 'submitted',
    contentHash: hash,
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
  } as const;
  const id = `${series.id}.void.${hash.slice(-12)}`;
  await ports.audit.record({
    id: `audit.${id}`,
    atMs: ports.clock.nowMs(),
    by: SCHEDULE,
    action: 'approval-void',
    subject: series.id,
  });
  const author = await ports.staff.get(series.authorId);
  if (author) {
    await notifyStaff(ports, {
      id,
      staff: author,
      text: { key: 'schedule.void', params: { title: series.title } },
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
    await askSeriesApproval(ports, { ...series, ...change }, author);
  }
  await ports.series.update(series.id, series.rev, change);
}
