import { MongoClient } from 'mongodb';

/** A delivery as it stands in the database, read past the bot's own code. */
export interface LedgerRow {
  readonly _id: string;
  readonly lane: string;
  readonly platform: string;
  readonly targetKey: string;
  readonly runId?: string;
  readonly rendering?: string;
  readonly state: string;
  readonly detail?: string;
  readonly dueAtMs: number;
  readonly sentParts: readonly string[];
  /** While it is there the row puts its words into these messages and sends none. */
  readonly edits?: readonly string[];
  readonly attempts: number;
  readonly relayedAtMs?: number;
  readonly readAloudAtMs?: number;
}

export interface InboxRow {
  readonly _id: string;
  readonly chatKey: string;
  readonly state: string;
}

/** The database as an auditor sees it: what no port of the bot answers, since no use case needs it. */
export interface Ledger {
  deliveries(): Promise<readonly LedgerRow[]>;
  inbox(): Promise<readonly InboxRow[]>;
  /** Rows that a message of somebody still waits for, or that are on their way. */
  underWay(nowMs: number): Promise<number>;
  close(): Promise<void>;
}

export async function openLedger(mongodbUri: string): Promise<Ledger> {
  const client = await MongoClient.connect(mongodbUri, { retryWrites: false, retryReads: false });
  const rows = client.db().collection<LedgerRow>('deliveries');
  const events = client.db().collection<InboxRow>('inbox');
  return {
    deliveries: () => rows.find({}, { projection: { sealed: 0 } }).toArray(),
    inbox: () => events.find({}, { projection: { sealed: 0 } }).toArray(),
    async underWay(nowMs) {
      const open = await rows
        .find({ state: { $in: ['pending', 'leased', 'sending'] } }, { projection: { dueAtMs: 1 } })
        .toArray();
      return open.filter((row) => row.dueAtMs <= nowMs).length;
    },
    close: () => client.close(),
  };
}
