import type { Conversation } from '#src/domain/conversation/types.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { letGo, refusedRows, sendLate } from '../send/late.ts';
import { wakeLane } from '../send/notify.ts';
import { tellHandler } from './tell-staff.ts';

const AT_ONCE = 10;

/**
 * News that Zalo did not take comes first when its resident writes again, before any answer to what was written; its handler
 * hears that it went. Safe to run twice.
 */
export async function tellWaiting(app: App, conversation: Conversation): Promise<void> {
  for (const row of await refusedRows(app, conversation, ANSWER_ROWS, AT_ONCE)) {
    const text = app.texts.render({ key: 'mycase.window.late', params: { words: row.message?.text ?? '' } });
    await sendLate(app, conversation, row, text);
    await letGo(app, row);
    await wakeLane(app, conversation.chat.platform, 'reply');
    const matter = row.caseId === undefined ? null : await app.cases.get(row.caseId);
    if (matter) await tellHandler(app, matter, { id: `late.${row.id}`, key: 'casework.heard.late' });
  }
}
