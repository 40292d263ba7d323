import type { CoverageRow } from '#src/domain/broadcast/coverage.ts';
import { ASK_AGAIN, type DeliveryState } from '#src/domain/outbound.ts';
import { frozen } from '../records.ts';
import type { DeliveryModel } from './delivery-record.ts';
import { ofRun } from './of-run.ts';

interface Group {
  readonly _id: {
    readonly runId: string;
    readonly rendering: string;
    /** A row of the whole ward has no neighbourhood. */
    readonly neighbourhood?: string | null;
    readonly state: DeliveryState;
  };
  readonly rows: number;
  readonly relayed: number;
  readonly readAloud: number;
  readonly said: number;
}

/** One pass over the rows of each run, one run after the other; what comes back is small however many rows there are. */
export async function coverRows(
  model: DeliveryModel,
  runIds: readonly string[],
): Promise<readonly CoverageRow[]> {
  const groups: Group[] = [];
  for (const runId of runIds) groups.push(...(await groupsOf(model, runId)));
  return frozen([...overStates(groups).values()]);
}

async function groupsOf(model: DeliveryModel, runId: string): Promise<readonly Group[]> {
  const reported = (field: string) => ({ $sum: { $cond: [{ $gt: [field, 0] }, 1, 0] } });
  return model.aggregate<Group>([
    { $match: { ...ofRun(runId), rendering: { $ne: ASK_AGAIN } } },
    {
      $group: {
        _id: { runId: '$runId', rendering: '$rendering', neighbourhood: '$neighbourhood', state: '$state' },
        rows: { $sum: 1 },
        relayed: reported('$relayedAtMs'),
        readAloud: reported('$readAloudAtMs'),
        said: reported('$saidAtMs'),
      },
    },
  ]);
}

function overStates(groups: readonly Group[]): ReadonlyMap<string, CoverageRow> {
  const rows = new Map<string, CoverageRow>();
  for (const { _id, ...counts } of groups) {
    const { runId, rendering, neighbourhood = null, state } = _id;
    const key = JSON.stringify([runId, rendering, neighbourhood]);
    const before = rows.get(key);
    rows.set(key, {
      ...{ runId, rendering, neighbourhood },
      rows: (before?.rows ?? 0) + counts.rows,
      sent: (before?.sent ?? 0) + (state === 'sent' ? counts.rows : 0),
      relayed: (before?.relayed ?? 0) + counts.relayed,
      readAloud: (before?.readAloud ?? 0) + counts.readAloud,
      said: (before?.said ?? 0) + counts.said,
    });
  }
  return rows;
}
