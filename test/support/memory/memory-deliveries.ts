import type { DeliveryResult, DeliveryStore, LeaseRequest } from '#src/app/ports/deliveries.ts';
import type { CoverageRow } from '#src/domain/broadcast/coverage.ts';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import { ASK_AGAIN, type Delivery, type DeliveryState, LANES } from '#src/domain/outbound.ts';
import type { RunCounts } from '#src/domain/run.ts';

type Row = { -readonly [K in keyof Delivery]: Delivery[K] } & {
  sequence: number;
  token: string | null;
  leaseUntilMs: number;
  sendingAtMs: number;
  relayed?: number;
  readAloud?: number;
  said?: number;
  told?: number | undefined;
  editedAtMs?: number;
};

const UNDER_WAY: readonly DeliveryState[] = ['pending', 'leased', 'sending'];

const OWN_FIELDS: ReadonlySet<string> = new Set<Exclude<keyof Row, keyof Delivery>>([
  'sequence',
  'token',
  'leaseUntilMs',
  'sendingAtMs',
  'relayed',
  'readAloud',
  'said',
  'told',
  'editedAtMs',
]);

function coverageOf(rows: readonly Row[], runIds: readonly string[]): readonly CoverageRow[] {
  const found = new Map<string, { -readonly [K in keyof CoverageRow]: CoverageRow[K] }>();
  for (const row of rows) {
    const { runId = '', rendering = '', neighbourhood = null } = row;
    if (!runIds.includes(runId) || rendering === ASK_AGAIN) continue;
    const key = JSON.stringify([runId, rendering, neighbourhood]);
    const counts = found.get(key) ?? {
      ...{ runId, rendering, neighbourhood },
      ...{ rows: 0, sent: 0, relayed: 0, readAloud: 0, said: 0 },
    };
    found.set(key, counts);
    counts.rows += 1;
    if (row.state === 'sent') counts.sent += 1;
    if (row.relayed !== undefined) counts.relayed += 1;
    if (row.readAloud !== undefined) counts.readAloud += 1;
    if (row.said !== undefined) counts.said += 1;
  }
  return [...found.values()];
}

function toDelivery(row: Row): Delivery {
  const fields = Object.entries(row).filter(([name]) => !OWN_FIELDS.has(name));
  const readAloud = row.readAloud === undefined ? {} : { readAloudAtMs: row.readAloud };
  return structuredClone({ ...Object.fromEntries(fields), ...readAloud }) as unknown as Delivery;
}

const targetKey = ({ target }: Row): string =>
  target.kind === 'chat' ? chatKey(target.chat) : `destination:${target.destinationId}`;

function countsOf(ofRun: readonly Row[]): RunCounts {
  const count = (...states: DeliveryState[]): number =>
    ofRun.filter((row) => states.includes(row.state)).length;
  const scripts = ofRun.filter((row) => row.rendering === 'loudspeaker');
  const toRead = scripts.filter((row) => ['pending', 'leased'].includes(row.state)).length;
  return {
    pending: count('pending', 'leased') - toRead,
    sending: count('sending'),
    sent: count('sent'),
    unknown: count('unknown'),
    gone: count('gone'),
    rejected: count('rejected'),
    cancelled: count('cancelled') - scripts.filter((row) => row.state === 'cancelled').length,
    relayed: ofRun.filter((row) => row.relayed !== undefined).length,
    readAloud: ofRun.filter((row) => row.readAloud !== undefined).length,
    toRead,
    handedOver: scripts.filter((row) => row.state === 'sent').length,
  };
}

/** `realNowMs` stands for real time, as in `openStore`. */
export function memoryDeliveries(realNowMs: () => number = Date.now): DeliveryStore {
  const rows = new Map<string, Row>();
  let sequence = 0;
  const all = (): Row[] => [...rows.values()];
  const move = (row: Row, state: DeliveryState): void => void Object.assign(row, { state, token: null });
  const moveAll = (matching: (row: Row) => boolean, state: DeliveryState, detail?: string): number => {
    const moved = all().filter(matching);
    for (const row of moved) {
      move(row, state);
      if (detail !== undefined) row.detail = detail;
    }
    return moved.length;
  };

  /** Rows that may go next: in the reply lane the earliest unfinished row of each chat alone. */
  const heads = (platform: Delivery['platform'], lane: Delivery['lane']): Row[] => {
    const underWay = all()
      .filter((row) => row.platform === platform && row.lane === lane && UNDER_WAY.includes(row.state))
      .sort((a, b) => (lane === 'reply' ? 0 : a.dueAtMs - b.dueAtMs) || a.sequence - b.sequence);
    const seen = new Set<string>();
    return underWay
      .filter((row) => lane !== 'reply' || (!seen.has(targetKey(row)) && seen.add(targetKey(row))))
      .filter((row) => row.state === 'pending');
  };

  const settleOne = (result: DeliveryResult, token: string): void => {
    const row = rows.get(result.id);
    if (row?.token !== token) return;
    move(row, result.state);
    row.sentParts = [...new Set([...row.sentParts, ...(result.externalIds ?? [])])];
    if (result.dueAtMs !== undefined) row.dueAtMs = result.dueAtMs;
    if (result.detail !== undefined) row.detail = result.detail;
    if (result.sentTo !== undefined) row.sentTo = result.sentTo;
    if (result.endsEdits) delete row.edits;
  };

  return {
    insert: (added) => {
      const fresh = added.filter((row) => !rows.has(row.id));
      for (const row of fresh)
        rows.set(row.id, {
          ...structuredClone(row),
          sequence: ++sequence,
          token: null,
          leaseUntilMs: 0,
          sendingAtMs: 0,
        });
      return Promise.resolve(fresh.length);
    },
    lease: (request: LeaseRequest) => {
      const due = heads(request.platform, request.lane)
        .filter((row) => row.dueAtMs <= request.nowMs)
        .filter((row) => !request.exceptRuns?.includes(row.runId ?? ''));
      const leased = due.slice(0, request.limit);
      for (const row of leased)
        Object.assign(row, {
          state: 'leased',
          token: request.token,
          leaseUntilMs: request.realNowMs + request.leaseMs,
        });
      return Promise.resolve(leased.map(toDelivery));
    },
    markSending: (ids, token) => {
      const mine = ids.filter((id) => {
        const row = rows.get(id);
        if (row?.token !== token || row.state !== 'leased') return false;
        Object.assign(row, { state: 'sending', sendingAtMs: realNowMs(), attempts: row.attempts + 1 });
        return true;
      });
      return Promise.resolve(mine);
    },
    settle: (results, token) => {
      for (const result of results) settleOne(result, token);
      return Promise.resolve();
    },
    recover: (nowMs, stuckAfterMs) =>
      Promise.resolve({
        returned:
          moveAll((row) => row.state === 'leased' && row.leaseUntilMs <= nowMs, 'pending') +
          moveAll(
            (row) =>
              row.state === 'sending' && row.edits !== undefined && row.sendingAtMs <= nowMs - stuckAfterMs,
            'pending',
          ),
        unknown: moveAll(
          (row) => row.state === 'sending' && row.sendingAtMs <= nowMs - stuckAfterMs,
          'unknown',
          'stuck',
        ),
      }),
    get: (id) => {
      const row = rows.get(id);
      return Promise.resolve(row ? toDelivery(row) : null);
    },
    change: (id, from, change) => {
      const row = rows.get(id);
      if (!row || !from.includes(row.state)) return Promise.resolve(false);
      move(row, change.state);
      row.told = undefined;
      if (change.dueAtMs !== undefined) row.dueAtMs = change.dueAtMs;
      return Promise.resolve(true);
    },
    markReported: (id, what, atMs) => {
      const row = rows.get(id);
      if (row?.[what] !== undefined || !row) return Promise.resolve(false);
      row[what] = atMs;
      return Promise.resolve(true);
    },
    claimEdit: (id, atMs, notSinceMs) => {
      const row = rows.get(id);
      if (!row || (row.editedAtMs ?? -Infinity) > notSinceMs) return Promise.resolve(false);
      row.editedAtMs = atMs;
      return Promise.resolve(true);
    },
    undelivered: (idPrefix, limit) =>
      Promise.resolve(
        all()
          .filter((row) => row.id.startsWith(idPrefix) && row.lane !== 'broadcast' && row.told === undefined)
          .filter((row) => ['unknown', 'gone', 'rejected'].includes(row.state))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(toDelivery),
      ),
    refused: (chat, idPrefix, limit) =>
      Promise.resolve(
        all()
          .filter((row) => row.id.startsWith(idPrefix) && row.lane !== 'broadcast' && row.state === 'gone')
          .filter((row) => row.detail === 'window-closed')
          .filter((row) => row.target.kind === 'chat' && chatKey(row.target.chat) === chatKey(chat))
          .sort((a, b) => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(toDelivery),
      ),
    counts: (runId) =>
      Promise.resolve(
        countsOf(all().filter((row) => row.runId === runId && row.rendering !== 'loudspeaker-again')),
      ),
    isUnderWay: (runId) => {
      const { pending, sending } = countsOf(
        all().filter((row) => row.runId === runId && row.rendering !== 'loudspeaker-again'),
      );
      return Promise.resolve(pending + sending > 0);
    },
    countsByRendering: (runId) => {
      const ofRun = all().filter((row) => row.runId === runId && row.rendering !== 'loudspeaker-again');
      const names = [...new Set(ofRun.map((row) => row.rendering ?? ''))].sort();
      return Promise.resolve(
        Object.fromEntries(
          names.map((name) => [name, countsOf(ofRun.filter((row) => (row.rendering ?? '') === name))]),
        ),
      );
    },
    ofRun: (runId, state, limit) =>
      Promise.resolve(
        all()
          .filter((row) => row.runId === runId && row.state === state)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(toDelivery),
      ),
    pageOfRun: (runId, afterId, limit) =>
      Promise.resolve(
        all()
          .filter((row) => row.runId === runId && row.id > afterId)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(toDelivery),
      ),
    unreported: (runId, rendering, limit) =>
      Promise.resolve(
        all()
          .filter((row) => row.runId === runId && row.rendering === rendering && row.state === 'sent')
          .filter((row) => [row.relayed, row.readAloud, row.said].every((report) => report === undefined))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(toDelivery),
      ),
    coverage: (runIds) => Promise.resolve(coverageOf(all(), runIds)),
    cancelRun: (runId) =>
      Promise.resolve(
        moveAll((row) => row.runId === runId && ['pending', 'leased'].includes(row.state), 'cancelled'),
      ),
    waiting: (nowMs) =>
      Promise.resolve(
        PLATFORMS.flatMap((platform) => LANES.map((lane) => ({ platform, lane }))).filter((lane) =>
          heads(lane.platform, lane.lane).some((row) => row.dueAtMs <= nowMs),
        ),
      ),
    nextDueAtMs: (platform, lane, nowMs) => {
      const due = heads(platform, lane).map((row) => row.dueAtMs);
      return Promise.resolve(due.length === 0 ? null : Math.max(nowMs, Math.min(...due)));
    },
  };
}
