import type { Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';

/** What jobs may call: use cases, wired in main. Each is safe to run twice and stops early when `signal` aborts. */
export interface JobPorts {
  /** Sends what is due in a lane. `nextInMs`: when the lane should be looked at again; null when nothing waits. */
  sendDue(platform: Platform, lane: Lane, signal: AbortSignal): Promise<{ readonly nextInMs: number | null }>;
  /** Takes in the unhandled events of one chat, in order. */
  handleInbox(chatKey: string, signal: AbortSignal): Promise<void>;
  /** Runs the committed effects of one conversation. */
  runEffects(chatKey: string, signal: AbortSignal): Promise<void>;
  /** Sends the reminders whose time has come. */
  tickDuties(signal: AbortSignal): Promise<unknown>;
  /** Proves once a day that every duty has a person, an address and a reminder, and sees that reminders are looked for. */
  auditDuties(signal: AbortSignal): Promise<unknown>;
  /** Tells the monitor outside that the bot lives. */
  sendHeartbeat(signal: AbortSignal): Promise<unknown>;
  /** Says what is due or overdue of cases. */
  tickCases(signal: AbortSignal): Promise<unknown>;
  /** Says what visits of inspectors have to say. */
  tickVisits(signal: AbortSignal): Promise<unknown>;
  /** Asks residents to keep their Zalo chat open while their case is. */
  watchWindows(signal: AbortSignal): Promise<unknown>;
  /** Tells officers of answers that did not reach a resident; finds other ways for reminders that did not arrive. */
  tellUndelivered(signal: AbortSignal): Promise<unknown>;
  /** Gives officers the morning's list of whom to call. */
  listCalls(signal: AbortSignal): Promise<unknown>;
  /** Tells each leader once a week how the duties stand. */
  tellWeek(signal: AbortSignal): Promise<unknown>;
  /** Tells those who watch the board of procedures what got worse, or is missing. */
  tellProcedures(signal: AbortSignal): Promise<unknown>;
  /** Makes runs of the series whose time is near, and looks after what waits for an approval. */
  tickSchedule(signal: AbortSignal): Promise<unknown>;
  /** Starts broadcast runs that are due, and moves the running ones on: fan-out, progress, finish. */
  advanceRuns(signal: AbortSignal): Promise<unknown>;
  /** Asks heads who have said nothing about a post whether they forwarded it. */
  askSilentHeads(signal: AbortSignal): Promise<unknown>;
  /** Opens and closes the duties of neighbourhoods that no post reaches. */
  watchNeighbourhoods(signal: AbortSignal): Promise<unknown>;
  /** Opens and closes the duty of a year whose days off are not known. */
  watchCalendar(signal: AbortSignal): Promise<unknown>;
  /** Reminds of drafts, erases what must not be kept. */
  tendPersonalData(signal: AbortSignal): Promise<unknown>;
  /** Gives the editors what residents asked in the groups, once a day. */
  listQuestions(signal: AbortSignal): Promise<unknown>;
}
