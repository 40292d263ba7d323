import type { BroadcastPorts } from '../ports.ts';
import { whenOf } from '../tell-schedule.ts';

const SHOWN = 3;

/** "6 giờ 30 thứ Hai 18/3, 6 giờ 30 thứ Ba 19/3 …; tất cả 12 lần". */
export function firstDates(ports: Pick<BroadcastPorts, 'texts' | 'recurrence'>, rule: string): string {
  const all = ports.recurrence.between(rule, 0, Date.UTC(2100, 0, 1));
  const dates = all.slice(0, SHOWN).map((atMs) => whenOf(ports, atMs));
  return ports.texts.render({
    key: all.length > SHOWN ? 'schedule.series.datesMore' : 'schedule.series.dates',
    params: { dates: dates.join(', '), times: all.length },
  });
}
