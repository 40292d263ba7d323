import type { Case } from '#src/domain/case.ts';
import type { Category } from '#src/domain/plan.ts';
import type { App } from '../app.ts';

/** What a case is about, for a card or a line of a list: a complaint is one before it is anything else. */
export function caseLabel(
  { texts }: Pick<App, 'texts'>,
  { legalKind }: Pick<Case, 'legalKind'>,
  category: Category | undefined,
): string {
  return legalKind === 'complaint' ? texts.render({ key: 'letter.complaint' }) : (category?.label ?? '');
}
