import type { mongo } from 'mongoose';
import { MEDIA_BUCKET } from './media.ts';

/**
 * Every index of the store; `_id` has its own and is the key of most look-ups. A partial index keeps only rows that still
 * wait, so that it stays small while the history grows; a query must repeat its condition to use it.
 */
export const INDEXES: Readonly<Record<string, readonly mongo.IndexDescription[]>> = {
  inbox: [
    // Unique by `_id`, which is platform and event id together.
    { key: { chatKey: 1, order: 1 }, name: 'waiting_by_chat', partialFilterExpression: { state: 'waiting' } },
    { key: { setAsideAtMs: 1 }, name: 'set_aside', partialFilterExpression: { state: 'poisoned' } },
  ],
  conversations: [
    { key: { waiting: 1 }, name: 'effects', partialFilterExpression: { waiting: { $gt: 0 } } },
    { key: { aside: 1 }, name: 'set_aside', partialFilterExpression: { aside: { $gt: 0 } } },
    { key: { windowAtMs: 1 }, name: 'window', partialFilterExpression: { windowAtMs: { $gt: 0 } } },
    { key: { draftAtMs: 1 }, name: 'drafts', partialFilterExpression: { draftAtMs: { $gt: 0 } } },
  ],
  cases: [
    { key: { code: 1 }, name: 'code', unique: true, partialFilterExpression: { code: { $exists: true } } },
    { key: { platform: 1, chatId: 1 }, name: 'resident' },
    { key: { unitId: 1, state: 1, dueAtMs: 1 }, name: 'unit_state_due' },
    { key: { handlerId: 1, state: 1, dueAtMs: 1 }, name: 'handler_state_due' },
    { key: { nextAtMs: 1 }, name: 'next', partialFilterExpression: { nextAtMs: { $gt: 0 } } },
    { key: { keptFromMs: 1 }, name: 'kept', partialFilterExpression: { keptFromMs: { $gt: 0 } } },
    { key: { 'work.mergedInto': 1 }, name: 'merged_into' },
    { key: { categoryId: 1, createdAtMs: 1 }, name: 'category_created' },
    { key: { createdAtMs: 1 }, name: 'calls', partialFilterExpression: { wantsCall: true } },
  ],
  destinations: [
    { key: { chatKey: 1 }, name: 'chat', unique: true },
    { key: { state: 1 }, name: 'state' },
  ],
  staff: [
    { key: { contactKeys: 1 }, name: 'contact' },
    { key: { codeHash: 1 }, name: 'invitation', unique: true },
    {
      key: { 'leave.to': 1 },
      name: 'leave',
      partialFilterExpression: { 'leave.to': { $exists: true } },
    },
  ],
  runs: [
    { key: { state: 1, sendAtMs: 1 }, name: 'state_send_at' },
    { key: { startedOn: 1 }, name: 'started_on' },
    { key: { 'meeting.day': 1 }, name: 'meeting_day' },
  ],
  series: [{ key: { state: 1, createdAtMs: 1 }, name: 'state_created' }],
  duties: [
    { key: { nextAtMs: 1 }, name: 'next', partialFilterExpression: { nextAtMs: { $gt: 0 } } },
    { key: { responsibleId: 1, state: 1 }, name: 'responsible' },
    { key: { ruleId: 1 }, name: 'rule' },
    { key: { dueAtMs: 1 }, name: 'due' },
    {
      key: { 'found.findingId': 1 },
      name: 'finding',
      partialFilterExpression: { 'found.findingId': { $exists: true } },
    },
    {
      key: { 'precedes.dutyId': 1 },
      name: 'precedes',
      partialFilterExpression: { 'precedes.dutyId': { $exists: true } },
    },
  ],
  visits: [
    { key: { nextAtMs: 1 }, name: 'next', partialFilterExpression: { nextAtMs: { $gt: 0 } } },
    { key: { day: 1 }, name: 'day' },
  ],
  procedure_figures: [{ key: { week: 1 }, name: 'week' }],
  deliveries: [
    // A broadcast writes each row three times, and every index over it costs more than the write: what is only of
    // interest for a while is in a small index, and the rows of a run are found by the beginning of their `_id`.
    {
      key: { platform: 1, lane: 1, dueAtMs: 1 },
      name: 'pending',
      partialFilterExpression: { state: 'pending' },
    },
    { key: { leaseUntilMs: 1 }, name: 'held', partialFilterExpression: { leaseUntilMs: { $gt: 0 } } },
    // In the alphabet replies and reminders come behind broadcasts.
    {
      key: { state: 1, platform: 1 },
      name: 'personal',
      partialFilterExpression: { lane: { $gt: 'broadcast' } },
    },
  ],
  group_questions: [{ key: { atMs: 1 }, name: 'came_at' }],
  carried_words: [{ key: { senderKey: 1 }, name: 'sender' }],
  penalties: [{ key: { platform: 1, untilMs: 1 }, name: 'platform_until' }],
  audit: [{ key: { subject: 1 }, name: 'subject' }],
  denunciations: [{ key: { day: 1 }, name: 'day' }],
  counters: [],
  beats: [],
  channel_health: [],
  zalo_tokens: [],
  plan_records: [],
  plan_versions: [],
  plan_current: [],
  // The second and the one of the chunks are GridFS's own: the driver makes them itself where it does not find them.
  [`${MEDIA_BUCKET}.files`]: [
    { key: { filename: 1 }, name: 'our_id', unique: true },
    { key: { filename: 1, uploadDate: 1 }, name: 'filename_1_uploadDate_1' },
  ],
  [`${MEDIA_BUCKET}.chunks`]: [{ key: { files_id: 1, n: 1 }, name: 'files_id_1_n_1', unique: true }],
};
