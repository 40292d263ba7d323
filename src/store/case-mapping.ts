import { z } from 'zod';
import { type Case, CASE_ACTIONS, type CaseHistoryEntry, ENTRY_WAYS, newWork } from '#src/domain/case.ts';
import { COMPLAINT_STAGES } from '#src/domain/cases/letter.ts';
import { CASE_STATES } from '#src/domain/cases/states.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import { LEGAL_KINDS } from '#src/domain/vietnamese/triage.ts';
import { compact, frozen, type StoredRecord } from './records.ts';
import type { Sealing } from './sealing.ts';

const clock = z.object({
  ruleId: z.string(),
  fromMs: z.number(),
  pauses: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
  pausedSinceMs: z.number().nullable(),
  extensions: z.array(
    z.object({
      amount: z.number(),
      unit: z.enum(['minutes', 'working-hours', 'working-days', 'calendar-days']),
    }),
  ),
});

const evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), mediaId: z.string() }),
  z.object({ kind: z.literal('document'), number: z.string(), date: z.string().nullable() }),
]);

/** What officers have done with it; nothing personal. */
const work = z.object({
  neighbourhoodId: z.string().nullable(),
  clock,
  proposal: z.object({ byId: z.string(), atMs: z.number(), evidence }).nullable(),
  outside: z.object({ body: z.string(), checkAtMs: z.number() }).nullable(),
  mergedInto: z.string().nullable(),
  letter: z
    .object({
      number: z.string().nullable(),
      receivedOn: z.string(),
      stage: z.enum(COMPLAINT_STAGES).nullable(),
    })
    .optional(),
  closedAtMs: z.number().nullable(),
});

export const caseShape = z.object({
  _id: z.string(),
  codePrefix: z.string(),
  /** Absent for the moment between the insert and the counter. */
  code: z.string().optional(),
  platform: z.enum(PLATFORMS),
  chatId: z.string(),
  honorific: z.enum(['ong', 'ba', 'anh', 'chi']).nullable(),
  mediaIds: z.array(z.string()),
  categoryId: z.string(),
  legalKind: z.enum(LEGAL_KINDS).optional(),
  consent: z.object({ version: z.string(), atMs: z.number() }).optional(),
  wantsCall: z.literal(true).optional(),
  entered: z.object({ byId: z.string(), way: z.enum(ENTRY_WAYS) }).optional(),
  unitId: z.string(),
  state: z.enum(CASE_STATES),
  handlerId: z.string().nullable(),
  rating: z.enum(['satisfied', 'acceptable', 'unsatisfied']).nullable(),
  nextAtMs: z.number().nullable().default(null),
  /** When it ended, until what is private was taken out; 0 before and after. Indexed. */
  keptFromMs: z.number().default(0),
  /** Absent in rows of before. */
  work: work.optional(),
  createdAtMs: z.number(),
  dueAtMs: z.number(),
  rev: z.number(),
  history: z.array(
    z.object({
      atMs: z.number(),
      by: z.string(),
      action: z.enum(CASE_ACTIONS),
      actId: z.string().optional(),
      heldBy: z.string().optional(),
      sealed: z.string().optional(),
    }),
  ),
  /** Name, phone, words, place and answer. */
  sealed: z.string(),
});

export type CaseRecord = z.infer<typeof caseShape> & StoredRecord;

type PrivateParts = Pick<Case, 'residentName' | 'phone' | 'text' | 'place' | 'answer'>;
type OpenFields = Pick<
  Case,
  | 'honorific'
  | 'mediaIds'
  | 'categoryId'
  | 'unitId'
  | 'state'
  | 'handlerId'
  | 'rating'
  | 'createdAtMs'
  | 'dueAtMs'
>;
type HistoryRecord = CaseRecord['history'][number];

const context = (id: string): string => `cases/${id}`;

function privateParts(from: PrivateParts & { readonly id: string }, sealing: Sealing): string {
  const { residentName, phone, text, place, answer } = from;
  return sealing.seal({ residentName, phone, text, place, answer }, context(from.id));
}

/** The detail of an entry can be a resident's words. */
export function sealEntry(entry: CaseHistoryEntry, id: string, sealing: Sealing): HistoryRecord {
  const { detail, ...rest } = entry;
  return detail === undefined ? rest : { ...rest, sealed: sealing.seal(detail, context(id)) };
}

/** A case that has no code yet, as it is inserted. */
export function rowOf(draft: Omit<Case, 'code'>, codePrefix: string, sealing: Sealing): CaseRecord {
  return {
    _id: draft.id,
    codePrefix,
    platform: draft.resident.platform,
    chatId: draft.resident.chatId,
    honorific: draft.honorific,
    mediaIds: [...draft.mediaIds],
    categoryId: draft.categoryId,
    ...(draft.legalKind === undefined ? {} : { legalKind: draft.legalKind }),
    ...(draft.consent === undefined ? {} : { consent: draft.consent }),
    ...(draft.wantsCall ? { wantsCall: true } : {}),
    ...(draft.entered === undefined ? {} : { entered: draft.entered }),
    unitId: draft.unitId,
    state: draft.state,
    handlerId: draft.handlerId,
    rating: draft.rating,
    nextAtMs: draft.nextAtMs,
    keptFromMs: draft.closedAtMs ?? 0,
    work: workOf(draft),
    createdAtMs: draft.createdAtMs,
    dueAtMs: draft.dueAtMs,
    rev: draft.rev,
    history: draft.history.map((entry) => sealEntry(entry, draft.id, sealing)),
    sealed: privateParts(draft, sealing),
  };
}

/** What a change writes. Id, code, creation, revision and history are not the caller's to change. */
export function changedFields(
  current: Case,
  change: Partial<Case>,
  sealing: Sealing,
): Partial<Omit<CaseRecord, 'history'>> {
  const next = { ...current, ...change, id: current.id };
  const { honorific, mediaIds, categoryId, unitId, state, handlerId, rating, dueAtMs, nextAtMs, resident } =
    next;
  return {
    platform: resident.platform,
    chatId: resident.chatId,
    honorific,
    mediaIds: [...mediaIds],
    categoryId,
    unitId,
    state,
    handlerId,
    rating,
    dueAtMs,
    nextAtMs,
    keptFromMs: next.closedAtMs ?? 0,
    work: workOf(next),
    sealed: privateParts(next, sealing),
  };
}

type Work = Pick<Case, keyof z.infer<typeof work>>;

function workOf({
  neighbourhoodId,
  clock: counted,
  proposal,
  outside,
  mergedInto,
  closedAtMs,
  letter,
}: Work): NonNullable<CaseRecord['work']> {
  return {
    ...{ neighbourhoodId, proposal, outside, mergedInto, closedAtMs },
    ...(letter === undefined ? {} : { letter }),
    clock: { ...counted, pauses: [...counted.pauses], extensions: [...counted.extensions] },
  };
}

export function toCase(record: CaseRecord, sealing: Sealing): Case {
  const id = record._id;
  if (record.code === undefined) throw new Error(`case ${id} has no code`);
  const parts = sealing.open(record.sealed, context(id)) as PrivateParts;
  const open: OpenFields = record;
  return frozen({
    id,
    code: record.code,
    resident: { platform: record.platform, chatId: record.chatId },
    residentName: parts.residentName,
    honorific: open.honorific,
    phone: parts.phone,
    text: parts.text,
    place: parts.place,
    mediaIds: open.mediaIds,
    ...(record.legalKind === undefined ? {} : { legalKind: record.legalKind }),
    ...(record.consent === undefined ? {} : { consent: record.consent }),
    ...(record.wantsCall ? { wantsCall: true } : {}),
    ...(record.entered === undefined ? {} : { entered: record.entered }),
    categoryId: open.categoryId,
    unitId: open.unitId,
    state: open.state,
    handlerId: open.handlerId,
    answer: parts.answer,
    rating: open.rating,
    nextAtMs: record.nextAtMs,
    ...compact(record.work ?? workOf({ ...newWork('', open.createdAtMs), neighbourhoodId: null })),
    createdAtMs: open.createdAtMs,
    dueAtMs: open.dueAtMs,
    rev: record.rev,
    history: record.history.map((entry) => openEntry(entry, id, sealing)),
  });
}

function openEntry({ sealed, ...entry }: HistoryRecord, id: string, sealing: Sealing): CaseHistoryEntry {
  return compact<CaseHistoryEntry>({
    ...entry,
    detail: sealed === undefined ? undefined : (sealing.open(sealed, context(id)) as string),
  });
}
