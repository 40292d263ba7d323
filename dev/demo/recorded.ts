import type { World } from '#dev/world/world.ts';
import type { Duty } from '#src/domain/duty.ts';
import { dutyOfReminder, remindersOf } from '#src/domain/duties/reminder-id.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { DUTY_ROWS } from '#src/domain/outbound.ts';
import type { Cast } from './cast.ts';
import type { Groups } from './groups.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import type { Counts } from './table.ts';

/** What the bot's own database says came of everything. */
export async function recordedCounts(
  { runtime }: World,
  ledger: Ledger,
  groups: Groups,
  cast: Cast,
): Promise<Counts> {
  const { destinations, duties, cases } = runtime.core.store;
  const rows = await ledger.deliveries();
  const ofRun = rows.filter((row) => row.runId !== undefined);
  // A loudspeaker gets the script anew on each of its days.
  const once = ofRun.filter((row) => row.rendering?.startsWith('loudspeaker') !== true);
  const sent = (rendering: string): readonly LedgerRow[] =>
    ofRun.filter((row) => row.rendering === rendering && row.state === 'sent');
  const firstIds = new Set(groups.telegram.map(({ chatId }) => chatId));
  const residents = Object.values(cast.residents);
  const keys = new Set(residents.map(chatKey));
  const matters = (await Promise.all(residents.map((resident) => cases.ofResident(resident, 100)))).flat();
  const dutyList = await duties.list();
  const history = dutyList.flatMap((duty) => duty.history);
  const reminders = await reminderRows(runtime, rows, dutyList);
  const did = (action: string): number => history.filter((entry) => entry.action === action).length;
  return {
    telegramGroups: sent('telegram').length,
    zaloGroups: sent('zalo').length,
    twice: once.length - new Set(once.map((row) => `${row.runId ?? ''} ${row.targetKey}`)).size,
    unknown: settledByHand(ofRun).length,
    gone: ofRun.filter((row) => row.state === 'gone').length,
    moved: (await destinations.list({})).filter(
      ({ kind, chat }) => kind === 'group' && chat.platform === 'telegram' && !firstIds.has(chat.chatId),
    ).length,
    heads: sent('relay').length,
    relayed: ofRun.filter((row) => row.relayedAtMs !== undefined).length,
    loudspeaker: new Set(sent('loudspeaker').map((row) => row.targetKey)).size,
    readAloud: ofRun.filter((row) => row.readAloudAtMs !== undefined).length,
    residentsIn: (await ledger.inbox()).filter((row) => keys.has(row.chatKey) && row.state === 'done').length,
    residentsOut: partsOf(rows.filter((row) => keys.has(row.targetKey))),
    cases: matters.length,
    rated: matters.filter((matter) => matter.rating !== null).length,
    reminded: reminders.filter(({ row, isEscalation }) => !isEscalation && row.state === 'sent').length,
    escalated: reminders.filter(({ row, isEscalation }) => isEscalation && row.state === 'sent').length,
    windowClosed: rows.filter((row) => row.detail === 'window-closed').length,
    acknowledged: did('acknowledged'),
    done: did('done'),
    // Of a message whose answer was cut off no id is known; a person saw it.
    messages: partsOf(rows.filter((row) => row.edits === undefined)) + settledByHand(rows).length,
  };
}

interface ReminderRow {
  readonly row: LedgerRow;
  readonly isEscalation: boolean;
}

/** The messages that remind of duties; what goes to others than the responsible officer is an escalation. */
async function reminderRows(
  { core }: World['runtime'],
  rows: readonly LedgerRow[],
  duties: readonly Duty[],
): Promise<readonly ReminderRow[]> {
  const found: ReminderRow[] = [];
  for (const row of rows.filter(({ _id }) => _id.startsWith(DUTY_ROWS))) {
    const told = remindersOf((await core.store.deliveries.get(row._id))?.prompt?.subject).map(dutyOfReminder);
    const responsible = duties
      .filter(({ id }) => told.includes(id))
      .map((duty) => duty.responsibleId ?? 'nobody');
    if (told.length > 0) found.push({ row, isEscalation: !responsible.some((id) => row._id.includes(id)) });
  }
  return found;
}

function partsOf(rows: readonly LedgerRow[]): number {
  return rows.reduce((sum, row) => sum + row.sentParts.length, 0);
}

function settledByHand(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return rows.filter((row) => row.state === 'sent' && row.sentParts.length === 0);
}
