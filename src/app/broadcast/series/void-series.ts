import { type Series, seriesHash } from '#src/domain/series.ts';
import { notifyStaff } from '../../send/notify.ts';
import type { BroadcastPorts } from '../ports.ts';
import { recordVoid } from '../record-void.ts';
import { askSeriesApproval } from './ask-series-approval.ts';

/** A series that is not what was approved makes no run any more and waits for an approval again. */
export async function voidSeries(ports: BroadcastPorts, series: Series): Promise<void> {
  ports.log.error({ series: series.id }, 'series without a valid approval');
  const hash = seriesHash(series, ports.hash);
  const { id, change } = await recordVoid(ports, series.id, hash);
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
