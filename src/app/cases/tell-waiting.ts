import type { Conversation } from '#src/domain/conversation/types.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import { ANSWER_ROWS, type Delivery } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { wakeLane } from '../send/notify.ts';
import { tellHandler } from './tell-staff.ts';

const AT_ONCE = 10;

/**
 * News that Zalo did not take comes first when its resident writes again, before any answer to what was written; its handler
 * hears that it went. Only looked for after so long a silence: nobody else waits for it. Safe to run twice.
 */
export async function tellWaiting(app: App, { chat, heardAtMs }: Conversation): Promise<void> {
  if (wayOf(chat.platform, heardAtMs ?? null, app.clock.nowMs()) !== 'waits') return;
  for (const row of await app.deliveries.refused(chat, ANSWER_ROWS, AT_ONCE)) {
    await app.deliveries.insert([again(app, row)]);
    await app.deliveries.change(row.id, ['gone'], { state: 'cancelled' });
    await wakeLane(app, chat.platform, 'reply');
    const matter = row.caseId === undefined ? null : await app.cases.get(row.caseId);
    if (matter) await tellHandler(app, matter, { id: `late.${row.id}`, key: 'casework.heard.late' });
  }
}

function again(app: App, row: Delivery): Delivery {
  const { message, prompt, caseId, platform, target } = row;
  const text = app.texts.render({ key: 'mycase.window.late', params: { words: message?.text ?? '' } });
  return {
    ...{ id: `${row.id}.late`, lane: 'reply', platform, target, message: { ...message, text } },
    ...(prompt ? { prompt } : {}),
    ...(caseId === undefined ? {} : { caseId }),
    ...{ state: 'pending', dueAtMs: app.clock.nowMs(), sentParts: [], attempts: 0 },
  };
}
