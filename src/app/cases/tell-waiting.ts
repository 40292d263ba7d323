import type { Conversation } from '#src/domain/conversation/types.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { wakeLane } from '../send/notify.ts';
import { repeated } from '../send/repeated.ts';
import { tellHandler } from './tell-staff.ts';

const AT_ONCE = 10;

/**
 * News that Zalo did not take comes first when its resident writes again, before any answer to what was written; its handler
 * hears that it went. Only looked for after so long a silence: nobody else waits for it. Safe to run twice.
 */
export async function tellWaiting(app: App, { chat, heardAtMs }: Conversation): Promise<void> {
  if (wayOf(chat.platform, heardAtMs ?? null, app.clock.nowMs()) !== 'waits') return;
  for (const row of await app.deliveries.refused(chat, ANSWER_ROWS, AT_ONCE)) {
    const text = app.texts.render({ key: 'mycase.window.late', params: { words: row.message?.text ?? '' } });
    await app.deliveries.insert([repeated(app, row, { id: `${row.id}.late`, chat, text, lane: 'reply' })]);
    await app.deliveries.change(row.id, ['gone'], { state: 'cancelled' });
    await wakeLane(app, chat.platform, 'reply');
    const matter = row.caseId === undefined ? null : await app.cases.get(row.caseId);
    if (matter) await tellHandler(app, matter, { id: `late.${row.id}`, key: 'casework.heard.late' });
  }
}
