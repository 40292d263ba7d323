import { monthCoverage } from '#src/app/broadcast/month-coverage.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { type Core, currentPlan } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';

/**
 * Which topics reached which neighbourhoods in a month, on which channel, how often. JSON: `{ok: true, month, runs, rows:
 * [{topicId, neighbourhood, channel, sent, relayed, readAloud, said}], unreached}`: counts of runs, `neighbourhood` null for
 * what belongs to the whole ward; `relayed`, `readAloud` and `said` are self-reported. Failed with the reason `month`.
 */
export async function showCoverage(core: Core, given: string | undefined): Promise<CommandAnswer> {
  const month = given ?? localDateOf(core.clock.nowMs()).slice(0, 7);
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month))
    return failed('month', `--month ${month} is no month: write 2024-03`);
  const plan = await currentPlan(core.store);
  const { runs, rows, unreached } = await monthCoverage(core.store, plan, month);
  const head = ['topic', 'khu pho', 'channel', 'sent', 'relayed*', 'read aloud*', 'said*'];
  const lines = rows.map((row) => [
    row.topicId,
    row.neighbourhood ?? '(ward)',
    row.channel,
    ...[row.sent, row.relayed, row.readAloud, row.said].map(String),
  ]);
  return {
    ok: true,
    json: { ok: true, month, runs, rows, unreached },
    lines: [
      `${month}: ${String(runs)} runs; counts are runs, * self-reported`,
      ...(lines.length === 0 ? [] : table([head, ...lines])),
      unreached.length === 0
        ? 'every topic reached somebody'
        : `topics that reached nobody: ${unreached.join(', ')}`,
    ],
  };
}
