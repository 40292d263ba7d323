import type { Case } from '#src/domain/case.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { isNobody } from '#src/domain/personal-data.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';

/** How what an officer just wrote goes to its resident: free, billed, not before they write again, or not at all. */
export async function wayWords(app: App, matter: Case): Promise<string> {
  const { resident, phone } = matter;
  const call = phone === null ? '' : app.texts.render({ key: 'staff.callPhone', params: { phone } });
  const say = (way: string) =>
    `\n${app.texts.render({ key: `casework.way.${way}`, params: { call } }).trim()}`;
  if (isNobody(resident)) return say('none');
  const heardAtMs = (await app.conversations.load(chatKey(resident)))?.heardAtMs ?? null;
  const way = wayOf(resident.platform, heardAtMs, app.clock.nowMs());
  const isAnnounced = way === 'waits' && app.channels[resident.platform]?.announcesCases === true;
  return way === 'free' ? '' : say(isAnnounced ? 'announced' : way);
}

/** What came of the last news of a case: arrived, under way, waiting for its resident, or nobody knows. */
export async function newsWords(app: App, matter: Case): Promise<string> {
  for (const { actId } of matter.history.toReversed()) {
    if (actId === undefined) continue;
    const row =
      (await app.deliveries.get(`${ANSWER_ROWS}${actId}.late`)) ??
      (await app.deliveries.get(`${ANSWER_ROWS}${actId}`));
    if (row) return `\n${app.texts.render({ key: `casework.news.${row.state}` })}`;
  }
  return '';
}
