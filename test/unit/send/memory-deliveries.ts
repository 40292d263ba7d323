import type { DeliveryResult, DeliveryStore, LeaseRequest } from '#src/app/ports/deliveries.ts';
import type { CoverageRow } from '#src/domain/broadcast/coverage.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Delivery, DeliveryState, Lane } from '#src/domain/outbound.ts';
import type { RunCounts } from '#src/domain/run.ts';

interface Row {
  delivery: Delivery;
  token: string | null;
  leaseUntilMs: number;
  sendingAtMs: number;
  relayed: boolean;
  readAloud: boolean;
  said?: boolean;
  told?: boolean;
  editedAtMs?: number;
}

/** A write takes until the other callbacks of this turn have run, as over a wire. */
const roundTrip = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The ledger in memory, with the rules of the port: conditional on token and state. Counts its round trips. */
export class MemoryDeliveries implements DeliveryStore {
  readonly rows = new Map<string, Row>();
  readonly roundTrips = { markSending: 0, settle: 0 };
  realNowMs: () => number = () => 0;

  one(id: string): Delivery {
    const row = this.rows.get(id);
    if (!row) throw new Error(`no row ${id}`);
    return row.delivery;
  }

  states(): Record<string, DeliveryState> {
    return Object.fromEntries([...this.rows].map(([id, row]) => [id, row.delivery.state]));
  }

  insert(rows: readonly Delivery[]): Promise<number> {
    const fresh = rows.filter((row) => !this.rows.has(row.id));
    for (const delivery of fresh) {
      this.rows.set(delivery.id, {
        delivery,
        token: null,
        leaseUntilMs: 0,
        sendingAtMs: 0,
        relayed: false,
        readAloud: false,
      });
    }
    return Promise.resolve(fresh.length);
  }

  lease(request: LeaseRequest): Promise<readonly Delivery[]> {
    const due = [...this.rows.values()]
      .filter(({ delivery }) => delivery.state === 'pending' && delivery.dueAtMs <= request.nowMs)
      .filter(({ delivery }) => delivery.platform === request.platform && delivery.lane === request.lane)
      .filter(({ delivery }) => !request.exceptRuns?.includes(delivery.runId ?? ''))
      .sort((a, b) => a.delivery.dueAtMs - b.delivery.dueAtMs)
      .slice(0, request.limit);
    for (const row of due) {
      row.token = request.token;
      row.leaseUntilMs = request.realNowMs + request.leaseMs;
      row.delivery = { ...row.delivery, state: 'leased' };
    }
    return Promise.resolve(due.map((row) => row.delivery));
  }

  async markSending(ids: readonly string[], token: string): Promise<readonly string[]> {
    this.roundTrips.markSending += 1;
    await roundTrip();
    const mine = ids.filter((id) => {
      const row = this.rows.get(id);
      return row?.token === token && row.delivery.state === 'leased';
    });
    for (const id of mine) {
      const row = this.rows.get(id);
      if (!row) continue;
      row.sendingAtMs = this.realNowMs();
      row.delivery = { ...row.delivery, state: 'sending', attempts: row.delivery.attempts + 1 };
    }
    return mine;
  }

  async settle(results: readonly DeliveryResult[], token: string): Promise<void> {
    this.roundTrips.settle += 1;
    await roundTrip();
    for (const result of results) {
      const row = this.rows.get(result.id);
      if (row?.token !== token || !['leased', 'sending'].includes(row.delivery.state)) continue;
      row.token = null;
      const { edits, ...delivery } = row.delivery;
      row.delivery = {
        ...delivery,
        ...(edits === undefined || result.endsEdits ? {} : { edits }),
        state: result.state,
        dueAtMs: result.dueAtMs ?? row.delivery.dueAtMs,
        sentParts: [...row.delivery.sentParts, ...(result.externalIds ?? [])],
        ...(result.detail === undefined ? {} : { detail: result.detail }),
        ...(result.sentTo === undefined ? {} : { sentTo: result.sentTo }),
      };
    }
  }

  recover(realNowMs: number, stuckAfterMs: number): Promise<{ returned: number; unknown: number }> {
    let returned = 0;
    let unknown = 0;
    for (const row of this.rows.values()) {
      if (row.delivery.state === 'leased' && row.leaseUntilMs <= realNowMs) {
        row.delivery = { ...row.delivery, state: 'pending' };
        returned += 1;
      } else if (row.delivery.state === 'sending' && row.sendingAtMs <= realNowMs - stuckAfterMs) {
        const isEdit = row.delivery.edits !== undefined;
        row.delivery = isEdit
          ? { ...row.delivery, state: 'pending' }
          : { ...row.delivery, state: 'unknown', detail: 'stuck' };
        if (isEdit) returned += 1;
        else unknown += 1;
      } else continue;
      row.token = null;
    }
    return Promise.resolve({ returned, unknown });
  }

  get(id: string): Promise<Delivery | null> {
    return Promise.resolve(this.rows.get(id)?.delivery ?? null);
  }

  change(
    id: string,
    from: readonly DeliveryState[],
    change: { readonly state: DeliveryState; readonly dueAtMs?: number },
  ): Promise<boolean> {
    const row = this.rows.get(id);
    if (!row || !from.includes(row.delivery.state)) return Promise.resolve(false);
    row.token = null;
    row.delivery = { ...row.delivery, ...change };
    return Promise.resolve(true);
  }

  markReported(id: string, what: 'relayed' | 'readAloud' | 'said' | 'told', atMs: number): Promise<boolean> {
    const row = this.rows.get(id);
    if (!row || row[what]) return Promise.resolve(false);
    row[what] = true;
    if (what === 'readAloud') row.delivery = { ...row.delivery, readAloudAtMs: atMs };
    return Promise.resolve(true);
  }

  unreported(runId: string, rendering: string): Promise<readonly Delivery[]> {
    const rows = [...this.rows.values()].filter((row) => !row.relayed && !row.readAloud && !row.said);
    return Promise.resolve(
      rows
        .map((row) => row.delivery)
        .filter((row) => row.runId === runId && row.rendering === rendering && row.state === 'sent'),
    );
  }

  coverage(runIds: readonly string[]): Promise<readonly CoverageRow[]> {
    const rows = [...this.rows.values()].flatMap(({ delivery, relayed, readAloud, said }) =>
      runIds.includes(delivery.runId ?? '')
        ? [
            {
              runId: delivery.runId ?? '',
              rendering: delivery.rendering ?? '',
              neighbourhood: delivery.neighbourhood ?? null,
              rows: 1,
              sent: delivery.state === 'sent' ? 1 : 0,
              relayed: relayed ? 1 : 0,
              readAloud: readAloud ? 1 : 0,
              said: said ? 1 : 0,
            },
          ]
        : [],
    );
    return Promise.resolve(rows);
  }

  claimEdit(id: string, atMs: number, notSinceMs: number): Promise<boolean> {
    const row = this.rows.get(id);
    if (!row || (row.editedAtMs ?? -Infinity) > notSinceMs) return Promise.resolve(false);
    row.editedAtMs = atMs;
    return Promise.resolve(true);
  }

  undelivered(): Promise<readonly Delivery[]> {
    return Promise.resolve([]);
  }

  refused(): Promise<readonly Delivery[]> {
    return Promise.resolve([]);
  }

  counts(runId: string): Promise<RunCounts> {
    const rows = [...this.rows.values()].filter(
      ({ delivery }) => delivery.runId === runId && delivery.rendering !== 'loudspeaker-again',
    );
    const scripts = rows.filter(({ delivery }) => delivery.rendering === 'loudspeaker');
    const toRead = scripts.filter(({ delivery }) => ['pending', 'leased'].includes(delivery.state)).length;
    const count = (...states: readonly DeliveryState[]) =>
      rows.filter((row) => states.includes(row.delivery.state)).length;
    return Promise.resolve({
      pending: count('pending', 'leased') - toRead,
      sending: count('sending'),
      sent: count('sent'),
      unknown: count('unknown'),
      gone: count('gone'),
      rejected: count('rejected'),
      cancelled: count('cancelled') - scripts.filter(({ delivery }) => delivery.state === 'cancelled').length,
      relayed: rows.filter((row) => row.relayed).length,
      readAloud: rows.filter((row) => row.readAloud).length,
      toRead,
      handedOver: scripts.filter(({ delivery }) => delivery.state === 'sent').length,
    });
  }

  async isUnderWay(runId: string): Promise<boolean> {
    const { pending, sending } = await this.counts(runId);
    return pending + sending > 0;
  }

  countsByRendering(): Promise<Readonly<Record<string, RunCounts>>> {
    return Promise.reject(new Error('not part of these tests'));
  }

  ofRun(runId: string, state: DeliveryState, limit: number): Promise<readonly Delivery[]> {
    const rows = [...this.rows.values()].map((row) => row.delivery);
    return Promise.resolve(rows.filter((row) => row.runId === runId && row.state === state).slice(0, limit));
  }

  pageOfRun(runId: string, afterId: string, limit: number): Promise<readonly Delivery[]> {
    const rows = [...this.rows.values()].map((row) => row.delivery);
    return Promise.resolve(
      rows
        .filter((row) => row.runId === runId && row.id > afterId)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  cancelRun(runId: string): Promise<number> {
    let cancelled = 0;
    for (const row of this.rows.values()) {
      if (row.delivery.runId !== runId || !['pending', 'leased'].includes(row.delivery.state)) continue;
      row.delivery = { ...row.delivery, state: 'cancelled' };
      row.token = null;
      cancelled += 1;
    }
    return Promise.resolve(cancelled);
  }

  waiting(nowMs: number): Promise<readonly { platform: Platform; lane: Lane }[]> {
    const due = [...this.rows.values()].map((row) => row.delivery);
    return Promise.resolve(due.filter((row) => row.state === 'pending' && row.dueAtMs <= nowMs));
  }

  nextDueAtMs(platform: Platform, lane: Lane, nowMs: number): Promise<number | null> {
    const times = [...this.rows.values()]
      .map((row) => row.delivery)
      .filter((row) => row.state === 'pending' && row.platform === platform && row.lane === lane)
      .map((row) => row.dueAtMs);
    return Promise.resolve(times.length === 0 ? null : Math.max(nowMs, Math.min(...times)));
  }
}
