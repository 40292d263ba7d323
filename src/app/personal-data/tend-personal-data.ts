import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { DRAFT_LIFE_MS, DRAFT_NUDGE_MS } from '#src/domain/personal-data.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { App } from '../app.ts';
import { takeIn } from '../inbound/handle-private-event.ts';
import type { WaitingDraft } from '../ports/personal-data.ts';
import { notifyChat } from '../send/notify.ts';

const AT_ONCE = 200;
/** So long a person can still ask what they were told. */
const MESSAGES_KEPT_MS = 30 * DAY_MS;
/** The longest there is: nothing goes too early. */
const MONTH_MS = 31 * DAY_MS;

/**
 * Drafts that nobody agreed to send are reminded of once and erased after a day, with a word about it; messages to people
 * are forgotten after a month; cases that ended long ago lose what is private. Safe to run twice and in several processes.
 */
export async function tendPersonalData(app: App, signal?: AbortSignal): Promise<void> {
  const nowMs = app.clock.nowMs();
  for (const draft of await app.personalData.draftsSince(nowMs - DRAFT_NUDGE_MS, AT_ONCE)) {
    if (signal?.aborted) return;
    if (draft.touchedAtMs <= nowMs - DRAFT_LIFE_MS) await eraseDraft(app, draft);
    // At night a reminder waits: the next look is by day, and before the day is over.
    else if (morningAfterNight(nowMs) === nowMs) await step(app, draft, 'nudge');
  }
  await app.personalData.forgetMessages(nowMs - MESSAGES_KEPT_MS);
  await emptyEnded(app, nowMs);
}

async function emptyEnded(app: App, nowMs: number): Promise<void> {
  const keepMonths = (await app.plans.current())?.plan.cases.keepMonths;
  if (keepMonths === undefined) return;
  const emptied = await app.personalData.emptyEnded(nowMs - keepMonths * MONTH_MS, AT_ONCE, nowMs);
  if (emptied > 0) app.log.info({ cases: emptied }, 'cases whose time is over were emptied');
}

/** Told before it is gone: a crash between the two says it once more under the same id. */
async function eraseDraft(app: App, draft: WaitingDraft): Promise<void> {
  const isStaff = (await app.staff.byChat(draft.chat)) !== null;
  await notifyChat(app, {
    id: `draft-erased.${chatKey(draft.chat)}.${String(draft.touchedAtMs)}`,
    chat: draft.chat,
    text: { key: isStaff ? 'staff.formErased' : 'report.draftErased' },
    lane: 'reminder',
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
  await step(app, draft, 'erase');
}

async function step(app: App, { chat, touchedAtMs }: WaitingDraft, what: 'nudge' | 'erase'): Promise<void> {
  await takeIn(
    app,
    {
      platform: chat.platform,
      eventId: `draft-${what}.${String(touchedAtMs)}`,
      order: '',
      chat: { id: chat.chatId, kind: 'private' },
      sender: null,
      sentAtMs: app.clock.nowMs(),
    },
    { kind: 'draft-aged', what, touchedAtMs },
  );
}
