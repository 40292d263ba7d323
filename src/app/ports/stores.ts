import type { Case, CaseHistoryEntry } from '#src/domain/case.ts';
import type { Conversation, Effect, PostSummary } from '#src/domain/conversation/types.ts';
import type { LikeReport } from '#src/domain/cases/many-residents.ts';
import type { CensusRow, Destination } from '#src/domain/destination.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { ChatRef, InboundEvent, Platform } from '#src/domain/inbound.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { BroadcastRun, RunState } from '#src/domain/run.ts';
import type { Series, SeriesState } from '#src/domain/series.ts';
import type { Leave, Role, StaffMember } from '#src/domain/staff.ts';
import type { FetchedFile } from './channel.ts';

export interface InboxRow {
  readonly id: string;
  readonly event: InboundEvent;
  readonly attempts: number;
}

/** A message or an effect that failed too often and waits for a person to put it back. Ids and counts, never words. */
export interface SetAside {
  readonly id: string;
  readonly platform: Platform;
  readonly what: 'message' | Effect['kind'];
  readonly sinceMs: number;
  readonly attempts: number;
}

/** Every update, durable before a platform hears "200" or the next offset. */
export interface InboxStore {
  /** One row per (platform, event id): a repeated update is `duplicate` and changes nothing. */
  add(event: InboundEvent): Promise<'new' | 'duplicate'>;
  /** The oldest unhandled row of the chat by the platform's order. */
  next(chatKey: string): Promise<InboxRow | null>;
  done(id: string): Promise<void>;
  /** After `maxAttempts` failures the row is set aside (`poisoned`), so that the chat goes on. */
  failed(id: string, maxAttempts: number, atMs: number): Promise<'again' | 'poisoned'>;
  /** The oldest first. */
  setAside(limit: number): Promise<readonly SetAside[]>;
  /** Makes a row that was set aside wait again; its failures still count, so that one more sets it aside again. */
  putBack(id: string): Promise<boolean>;
  /** Chats with unhandled rows, oldest first. */
  waitingChats(limit: number): Promise<readonly string[]>;
}

export interface ConversationStore {
  load(key: string): Promise<Conversation | null>;
  /** Stores `conversation` (whose `rev` is already the next) if the stored rev is still `expectedRev` (0: none yet). */
  save(conversation: Conversation, expectedRev: number): Promise<'saved' | 'conflict'>;
  effectDone(key: string, effectId: string): Promise<void>;
  /** Remembers a failed try. Answers how often this effect has failed by now, and when first. */
  effectFailed(key: string, effectId: string, atMs: number): Promise<EffectFailures>;
  /** Takes the effect out of the way of the others; what it held is kept, sealed. */
  effectSetAside(key: string, effectId: string, atMs: number): Promise<void>;
  /** The oldest first; `limit` is of chats. */
  effectsSetAside(limit: number): Promise<readonly SetAside[]>;
  /** Makes an effect that was set aside wait again, behind the others; its failures still count. */
  putBackEffect(effectId: string): Promise<boolean>;
  waitingEffects(limit: number): Promise<readonly string[]>;
  /** Those whose `windowAtMs` has come. */
  windowsDue(nowMs: number, limit: number): Promise<readonly ChatWindow[]>;
  /** Moves the look on unless the person has written since; touches nothing else. */
  windowLooked(key: string, windowAtMs: number, nextMs: number | null): Promise<void>;
}

/** A chat that shuts some time after its person last wrote. */
export interface ChatWindow {
  readonly key: string;
  readonly chat: ChatRef;
  readonly heardAtMs: number;
  readonly windowAtMs: number;
}

export interface EffectFailures {
  readonly attempts: number;
  readonly firstAtMs: number;
}

/** Where and of what kind a matter is. */
export interface LikeCase {
  readonly categoryId: string;
  readonly neighbourhoodId: string;
  readonly sinceMs: number;
}

export interface CaseStore {
  /** Idempotent by `id`: the second call returns the case of the first, code included. */
  create(draft: Omit<Case, 'code'>, codePrefix: string): Promise<Case>;
  get(id: string): Promise<Case | null>;
  ofResident(chat: ChatRef, limit: number): Promise<readonly Case[]>;
  /** Who reported something of a category since then, the newest first; no words. */
  alike(categoryId: string, sinceMs: number, limit: number): Promise<readonly LikeReport[]>;
  /** Open ones of a kind and a neighbourhood, the oldest first. */
  openAlike(like: LikeCase, limit: number): Promise<readonly Case[]>;
  /** Open ones whose sender asked to be called, the oldest first. */
  openCalls(limit: number): Promise<readonly Case[]>;
  /** Those that were merged into a case. */
  mergedInto(id: string, limit: number): Promise<readonly Case[]>;
  byCode(code: string): Promise<Case | null>;
  /** Those on which somebody has something to do, the most pressing first. */
  openOfUnit(unitId: string, limit: number): Promise<readonly Case[]>;
  /** The same of one officer, of whatever unit. */
  openOfHandler(staffId: string, limit: number): Promise<readonly Case[]>;
  /** Those of which somebody must be told something by now. */
  due(nowMs: number, limit: number): Promise<readonly Case[]>;
  /** Moves the next look on, if `rev` still holds: nothing of the case itself changes. */
  look(id: string, rev: number, nextAtMs: number | null): Promise<'saved' | 'conflict'>;
  /** Applies the change and appends the entry if `rev` still holds. */
  update(
    id: string,
    rev: number,
    change: Partial<Case>,
    entry: CaseHistoryEntry,
  ): Promise<'saved' | 'conflict'>;
}

export interface DestinationStore {
  /** Found by chat, kept id: importing twice makes one row. */
  upsert(destination: Omit<Destination, 'id'> & { readonly id?: string }): Promise<Destination>;
  /** Makes the row of a chat that has none; null when it has one, which stays as it is. */
  register(destination: Omit<Destination, 'id'>): Promise<Destination | null>;
  get(id: string): Promise<Destination | null>;
  /** Those that exist of many, in one round trip. */
  many(ids: readonly string[]): Promise<readonly Destination[]>;
  byChat(chat: ChatRef): Promise<Destination | null>;
  list(filter: { readonly state?: Destination['state'] }): Promise<readonly Destination[]>;
  /** Streams ids and chats of active destinations in `_id` order, for a fan-out that does not grow in memory. */
  active(): AsyncIterable<Destination>;
  setState(id: string, state: Destination['state'], why?: string): Promise<void>;
  /** How many there are of each sort, in every state: counting does not read them one by one. */
  census(): Promise<readonly CensusRow[]>;
  /** Chooses the forum topic that posts go into; null is the general one. `upsert` leaves it as it is. */
  setThread(id: string, threadId: string | null): Promise<void>;
  /** A subscriber who left: nothing of them stays. */
  erase(id: string): Promise<void>;
  /** A group became a supergroup: the chat changes, the id stays. */
  move(id: string, chatId: string): Promise<void>;
}

export interface StaffStore {
  invite(
    member: Omit<StaffMember, 'id' | 'contacts' | 'active'>,
    code: string,
    expiresAtMs: number,
  ): Promise<StaffMember>;
  /** Spends the one-time code; the chat becomes the member's contact. */
  join(
    code: string,
    chat: ChatRef,
    nowMs: number,
  ): Promise<
    { readonly kind: 'joined'; readonly member: StaffMember } | { readonly kind: 'unknown-code' | 'expired' }
  >;
  get(id: string): Promise<StaffMember | null>;
  byChat(chat: ChatRef): Promise<StaffMember | null>;
  withRole(role: Role, unitId?: string): Promise<readonly StaffMember[]>;
  list(): Promise<readonly StaffMember[]>;
  /** Those who are away on this day. */
  onLeave(day: LocalDate): Promise<readonly StaffMember[]>;
  /** Null takes it away. */
  setLeave(id: string, leave: Leave | null): Promise<void>;
  setDeputy(id: string, deputyId: string | null): Promise<void>;
  /** They have left: no chat speaks for them any more and their code opens nothing; the row stays for the record. */
  remove(id: string): Promise<void>;
}

export interface RunStore {
  /** Idempotent by id. */
  create(run: BroadcastRun): Promise<BroadcastRun>;
  get(id: string): Promise<BroadcastRun | null>;
  update(id: string, rev: number, change: Partial<BroadcastRun>): Promise<'saved' | 'conflict'>;
  /** Runs in the state whose `sendAtMs` has come. */
  due(state: RunState, nowMs: number, limit: number): Promise<readonly BroadcastRun[]>;
  inState(state: RunState, limit: number): Promise<readonly BroadcastRun[]>;
  /** Runs of these states with `sendAtMs` from `fromMs` up to, without, `toMs`; the earliest first. */
  between(
    states: readonly RunState[],
    fromMs: number,
    toMs: number,
    limit: number,
  ): Promise<readonly BroadcastRun[]>;
  /** Those in any of the states that were to go out last, the newest first. */
  latest(states: readonly RunState[], limit: number): Promise<readonly BroadcastRun[]>;
  /** Runs that started on these days of the ward, both included. */
  startedIn(from: LocalDate, to: LocalDate): Promise<readonly BroadcastRun[]>;
  /** Runs that are spoken in a meeting on these days, both included. */
  withMeetingIn(from: LocalDate, to: LocalDate): Promise<readonly BroadcastRun[]>;
}

export interface SeriesStore {
  /** Idempotent by id. */
  create(series: Series): Promise<Series>;
  get(id: string): Promise<Series | null>;
  update(id: string, rev: number, change: Partial<Series>): Promise<'saved' | 'conflict'>;
  /** The oldest first. */
  inState(state: SeriesState, limit: number): Promise<readonly Series[]>;
}

export interface DutyStore {
  /** Idempotent by id: a duty that exists is left as it is. */
  open(duty: Duty): Promise<'opened' | 'exists'>;
  get(id: string): Promise<Duty | null>;
  /** By the index on `nextAtMs`. */
  due(nowMs: number, limit: number): Promise<readonly Duty[]>;
  /** Compare-and-set on `rev`; `duty.rev` is already the next. */
  save(duty: Duty, expectedRev: number): Promise<'saved' | 'conflict'>;
  /** The same for many in one round trip, each with the next `rev`; answers the ids of those that somebody else had changed. */
  saveAll(duties: readonly Duty[]): Promise<ReadonlySet<string>>;
  ofStaff(staffId: string, limit: number): Promise<readonly Duty[]>;
  /** Unfinished ones whose chain lacks somebody. */
  withGaps(): Promise<readonly Duty[]>;
  /** Those of rules whose ids begin so. */
  ofRules(prefix: string): Promise<readonly Duty[]>;
  /** The one that a finding of a visit became. */
  ofFinding(findingId: string): Promise<Duty | null>;
  /** What has to be done before one, done or not. */
  preceding(dutyId: string): Promise<readonly Duty[]>;
  /** Those due between two instants, both included. */
  dueBetween(fromMs: number, toMs: number): Promise<readonly Duty[]>;
  list(): Promise<readonly Duty[]>;
}

export interface PlanStore {
  /** Replaces the current plan; records are versioned, rows no longer named are retired, nothing is deleted. */
  import(
    plan: Plan,
    posts: readonly PostSummary[],
    nowMs: number,
  ): Promise<{
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly retired: number;
  }>;
  current(): Promise<{ readonly plan: Plan; readonly posts: readonly PostSummary[] } | null>;
}

export interface MediaStore {
  /** Idempotent by id. */
  put(id: string, file: FetchedFile): Promise<void>;
  get(id: string): Promise<FetchedFile | null>;
}

/** Who did what, when and why. Ids only. */
export interface AuditStore {
  record(entry: {
    readonly id: string;
    readonly atMs: number;
    readonly by: string;
    readonly action: string;
    readonly subject: string;
    readonly reason?: string;
    /** Members whose roles `by` had as their deputy. */
    readonly standsInFor?: readonly string[];
  }): Promise<void>;
}

export interface CarriedWords {
  readonly token: string;
  readonly words: string;
}

/** Words written in a group, kept until their writer opens the private chat. */
export interface CarriedWordsStore {
  put(token: string, words: string, chat: ChatRef, senderId: string, expiresAtMs: number): Promise<void>;
  find(token: string, nowMs: number): Promise<CarriedWords | null>;
  /** Zalo links carry no token: the newest words of this sender. */
  findOfSender(platform: ChatRef['platform'], senderId: string, nowMs: number): Promise<CarriedWords | null>;
  /** Once they are in a draft. */
  forget(token: string): Promise<void>;
}

/** What residents wrote to the ward in a group, without phone numbers, until an editor has it. */
export interface GroupQuestion {
  readonly id: string;
  /** A destination. */
  readonly groupId: string;
  readonly words: string;
  readonly atMs: number;
}

export interface GroupQuestionStore {
  /** Idempotent by id. */
  add(question: GroupQuestion): Promise<void>;
  /** Those that came before `atMs`, the oldest first. */
  before(atMs: number, limit: number): Promise<readonly GroupQuestion[]>;
  forget(ids: readonly string[]): Promise<void>;
}
