import type { Case } from '#src/domain/case.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { App } from '../app.ts';

/** What a case is about, for a card or a line of a list: a complaint is one before it is anything else. */
export function caseLabel(
  { texts }: Pick<App, 'texts'>,
  { categories }: Pick<Plan, 'categories'>,
  { categoryId, legalKind }: Pick<Case, 'categoryId' | 'legalKind'>,
): string {
  if (legalKind === 'complaint') return texts.render({ key: 'letter.complaint' });
  return categories.find(({ id }) => id === categoryId)?.label ?? '';
}
