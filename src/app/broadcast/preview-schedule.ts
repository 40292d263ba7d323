import type { PostSummary, RunDraft, TextRef } from '#src/domain/conversation/types.ts';
import type { Plan } from '#src/domain/plan.ts';
import { placeRoutine } from './place-run.ts';
import type { BroadcastPorts } from './ports.ts';
import { firstDates } from './series/first-dates.ts';
import { othersInTurn } from './series/submit-series.ts';
import { whenOf } from './tell-schedule.ts';

/**
 * What the preview says of the calendar: the first dates of a series and which posts take turns; for a single hour, that
 * a group has its post of that day already and when this one would go out instead.
 */
export async function scheduleLines(
  ports: BroadcastPorts,
  current: { readonly plan: Plan; readonly posts: readonly PostSummary[] },
  draft: RunDraft,
): Promise<readonly TextRef[]> {
  const { repeat = null, sendAtMs } = draft;
  if (repeat) {
    const posts = [draft, ...othersInTurn(current, draft, repeat)];
    const titles = posts.map((post, index) => `${String(index + 1)}. ${post.title}`).join('\n');
    const dates = { key: 'schedule.preview.dates', params: { dates: firstDates(ports, repeat.rule) } };
    return posts.length > 1 ? [dates, { key: 'schedule.preview.inTurn', params: { titles } }] : [dates];
  }
  if (sendAtMs === null) return [];
  const { topicId, audience } = draft;
  const wanted = { id: '', topicId, audience, sendAtMs, state: 'draft' } as const;
  const placed = await placeRoutine(ports, current.plan, wanted, sendAtMs);
  return placed.why === 'full'
    ? [{ key: 'schedule.preview.full', params: { when: whenOf(ports, placed.atMs) } }]
    : [];
}
