import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import type { App } from '../app.ts';
import { shortDate } from '../present.ts';

/** What has to be done before and is not; null where nothing is left. */
export async function firstText(
  { duties, texts }: Pick<App, 'duties' | 'texts'>,
  { id }: Duty,
  key: 'duty.precedes.first' | 'duty.precedes.notDone',
): Promise<string | null> {
  const left = (await duties.preceding(id)).filter(isUnfinished);
  if (left.length === 0) return null;
  const items = left.map(({ title, dueAtMs }) =>
    texts.render({ key: 'duty.precedes.item', params: { title, dueDate: shortDate(dueAtMs) } }),
  );
  return texts.render({ key, params: { items: items.join('; ') } });
}
