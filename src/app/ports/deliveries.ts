import type { ChatRef, Platform } from '#src/domain/inbound.ts';
import type { Delivery, DeliveryState, Lane } from '#src/domain/outbound.ts';
import type { CoverageRow } from '#src/domain/broadcast/coverage.ts';
import type { RunCounts } from '#src/domain/run.ts';

/** What a send came to, as it is written into the row. */
export interface DeliveryResult {
  readonly id: string;
  readonly state: Exclude<DeliveryState, 'leased' | 'sending'>;
  /** Appended to `sentParts`. */
  readonly externalIds?: readonly string[];
  /** Where the first part went. */
  readonly sentTo?: string;
  /** Nothing more is edited: what is left of the row goes out as new messages. */
  readonly endsEdits?: true;
  /** For `pending`: not before. */
  readonly dueAtMs?: number;
  readonly detail?: string;
}

/** What the person behind a row can say of it: self-reported, and counted as such. */
export type Reportable = 'relayed' | 'readAloud' | 'said';

/**
 * The ledger: one row a message and chat. Conditional on token and state throughout; bulks are by `_id`, sorted. The ids of
 * a run's rows begin with the run's id and a point.
 */
export interface DeliveryStore {
  /** Inserts what is not there yet (by id); existing rows stay as they are. Answers how many were new. */
  insert(rows: readonly Delivery[]): Promise<number>;
  /** Leases up to `limit` due rows of a lane to `token`. Times are the injected clock for `nowMs`, real time for the lease. */
  lease(request: LeaseRequest): Promise<readonly Delivery[]>;
  /** Written just before the calls; answers the ids that were still ours. */
  markSending(ids: readonly string[], token: string): Promise<readonly string[]>;
  /** Outcomes of rows held by `token`, coalesced in one round trip. */
  settle(results: readonly DeliveryResult[], token: string): Promise<void>;
  /**
   * Leases that ran out return to `pending`, and so do edits `sending` longer than `stuckAfterMs`; sends that long become
   * `unknown`.
   */
  recover(
    realNowMs: number,
    stuckAfterMs: number,
  ): Promise<{ readonly returned: number; readonly unknown: number }>;
  get(id: string): Promise<Delivery | null>;
  /** For the two buttons of an unknown row, for cancel, and for self-reports. */
  change(
    id: string,
    from: readonly DeliveryState[],
    change: { readonly state: DeliveryState; readonly dueAtMs?: number },
  ): Promise<boolean>;
  /** `told`: a person heard that the row did not arrive; forgotten when the row goes out again. */
  markReported(id: string, what: Reportable | 'told', atMs: number): Promise<boolean>;
  /** Who may edit the message of this row now: true for one caller, if none was since `notSinceMs`. Real time. */
  claimEdit(id: string, atMs: number, notSinceMs: number): Promise<boolean>;
  /** Rows outside broadcasts, by the beginning of their id, that came to `unknown`, `gone` or `rejected` and were not `told` of. */
  undelivered(idPrefix: string, limit: number): Promise<readonly Delivery[]>;
  /** Rows of a chat, by the beginning of their id, that its shut window refused. */
  refused(chat: ChatRef, idPrefix: string, limit: number): Promise<readonly Delivery[]>;
  counts(runId: string): Promise<RunCounts>;
  /** Whether a row of the run waits or is under way, as `counts` has it in `pending` and `sending`; at once, however many. */
  isUnderWay(runId: string): Promise<boolean>;
  /** The same apart by rendering: telegram, zalo, relay, loudspeaker. */
  countsByRendering(runId: string): Promise<Readonly<Record<string, RunCounts>>>;
  /** Rows of a run in a state, for people. */
  ofRun(runId: string, state: DeliveryState, limit: number): Promise<readonly Delivery[]>;
  /** All rows of a run in the order of their ids, from behind `afterId` ("" for the first), for going through many. */
  pageOfRun(runId: string, afterId: string, limit: number): Promise<readonly Delivery[]>;
  /** Rows of a run that arrived in this form and of which nobody reported anything yet. */
  unreported(runId: string, rendering: string, limit: number): Promise<readonly Delivery[]>;
  /** What came of the runs, by run, form and neighbourhood: as many rows as there are such combinations. */
  coverage(runIds: readonly string[]): Promise<readonly CoverageRow[]>;
  cancelRun(runId: string): Promise<number>;
  /** Lanes with rows that are due: what the putting-back timer wakes. */
  waiting(nowMs: number): Promise<readonly { readonly platform: Platform; readonly lane: Lane }[]>;
  /** When the next row of a lane may be leased: `nowMs` if one may already, null if none waits. */
  nextDueAtMs(platform: Platform, lane: Lane, nowMs: number): Promise<number | null>;
}

export interface LeaseRequest {
  readonly platform: Platform;
  readonly lane: Lane;
  readonly nowMs: number;
  readonly limit: number;
  readonly token: string;
  readonly realNowMs: number;
  readonly leaseMs: number;
  /** Rows of these runs stay where they are; none where nothing is said. */
  readonly exceptRuns?: readonly string[];
}
