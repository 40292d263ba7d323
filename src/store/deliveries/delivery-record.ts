import { type Connection, type Model, Schema } from 'mongoose';
import { z } from 'zod';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import { type Delivery, type DeliveryState, type DeliveryTarget, LANES } from '#src/domain/outbound.ts';
import { compact, defineModel, frozen, parseRecord, type StoredRecord } from '../records.ts';
import type { Sealing } from '../sealing.ts';

const COLLECTION = 'deliveries';

/** States in which a row still stands before the later rows of its chat. */
export const UNDER_WAY: readonly DeliveryState[] = ['pending', 'leased', 'sending'];

const STATES = ['pending', 'leased', 'sending', 'sent', 'unknown', 'gone', 'rejected', 'cancelled'] as const;

const target = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chat'),
    chat: z.object({ platform: z.enum(PLATFORMS), chatId: z.string() }),
  }),
  z.object({ kind: z.literal('destination'), destinationId: z.string() }),
]);

const shape = z.object({
  _id: z.string(),
  lane: z.enum(LANES),
  platform: z.enum(PLATFORMS),
  target,
  targetKey: z.string(),
  /** Order of creation in the reply lane; null elsewhere. */
  sequence: z.number().nullable(),
  runId: z.string().optional(),
  caseId: z.string().optional(),
  rendering: z.string().optional(),
  neighbourhood: z.string().optional(),
  /** `message` and `prompt`; a row of a run has no message, but for scripts, which have the day's own words. */
  sealed: z.string().optional(),
  state: z.enum(STATES),
  dueAtMs: z.number(),
  expiresAtMs: z.number().optional(),
  sentParts: z.array(z.string()),
  sentTo: z.string().optional(),
  edits: z.array(z.string()).optional(),
  attempts: z.number(),
  detail: z.string().optional(),
  /** Who holds the row, in the states `leased` and `sending`. */
  token: z.string().nullable(),
  /** Real time. */
  leaseUntilMs: z.number().nullable(),
  /** Real time. */
  sendingAtMs: z.number().nullable(),
  relayedAtMs: z.number().optional(),
  readAloudAtMs: z.number().optional(),
  saidAtMs: z.number().optional(),
  toldAtMs: z.number().optional(),
  /** Real time. */
  editedAtMs: z.number().optional(),
});

export type DeliveryRecord = z.infer<typeof shape> & StoredRecord;
export type DeliveryModel = Model<DeliveryRecord>;

type Words = Pick<Delivery, 'message' | 'prompt'>;

export function deliveryModel(connection: Connection): DeliveryModel {
  return defineModel<DeliveryRecord>(connection, COLLECTION, {
    lane: String,
    platform: String,
    target: Schema.Types.Mixed,
    targetKey: String,
    sequence: Number,
    runId: String,
    caseId: String,
    rendering: String,
    neighbourhood: String,
    sealed: String,
    state: String,
    dueAtMs: Number,
    expiresAtMs: Number,
    sentParts: [String],
    sentTo: String,
    edits: Schema.Types.Mixed,
    attempts: Number,
    detail: String,
    token: String,
    leaseUntilMs: Number,
    sendingAtMs: Number,
    relayedAtMs: Number,
    readAloudAtMs: Number,
    saidAtMs: Number,
    toldAtMs: Number,
    editedAtMs: Number,
  });
}

/** One string for whom a row is meant for. A destination keeps its key when its chat moves. */
function targetKey(to: DeliveryTarget): string {
  return to.kind === 'chat' ? chatKey(to.chat) : `destination:${to.destinationId}`;
}

export function toRecord(row: Delivery, sequence: number | null, sealing: Sealing): DeliveryRecord {
  const { id, message, prompt, sentParts, edits, ...rest } = row;
  if (row.runId !== undefined && !id.startsWith(`${row.runId}.`)) {
    throw new Error(`row ${id} would not be found among those of its run ${row.runId}`);
  }
  const hasWords = message !== undefined || prompt !== undefined;
  return compact<DeliveryRecord>({
    ...rest,
    _id: id,
    targetKey: targetKey(row.target),
    sequence,
    sentParts: [...sentParts],
    edits: edits && [...edits],
    sealed: hasWords ? sealing.seal({ message, prompt }, `${COLLECTION}/${id}`) : undefined,
    token: null,
    leaseUntilMs: null,
    sendingAtMs: null,
  });
}

type StoredMessage = NonNullable<Words['message']> & { readonly photoId?: string };

/** A message of a row made before albums holds one `photoId`. */
function wordsOf(opened: unknown): Words {
  const { message, ...rest } = opened as Words & { readonly message?: StoredMessage };
  if (message?.photoId === undefined) return opened as Words;
  const { photoId, ...others } = message;
  return { ...rest, message: { ...others, photoIds: [photoId] } };
}

export function toDelivery(raw: unknown, sealing: Sealing): Delivery {
  const record = parseRecord(shape, raw, COLLECTION);
  const id = record._id;
  const words =
    record.sealed === undefined ? {} : wordsOf(sealing.open(record.sealed, `${COLLECTION}/${id}`));
  return frozen(
    compact<Delivery>({
      id,
      lane: record.lane,
      platform: record.platform,
      target: record.target,
      runId: record.runId,
      caseId: record.caseId,
      rendering: record.rendering,
      neighbourhood: record.neighbourhood,
      message: words.message,
      prompt: words.prompt,
      state: record.state,
      dueAtMs: record.dueAtMs,
      expiresAtMs: record.expiresAtMs,
      sentParts: record.sentParts,
      sentTo: record.sentTo,
      edits: record.edits,
      attempts: record.attempts,
      detail: record.detail,
      readAloudAtMs: record.readAloudAtMs,
    }),
  );
}
