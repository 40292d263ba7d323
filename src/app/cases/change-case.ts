import type { Case, CaseHistoryEntry } from '#src/domain/case.ts';
import type { App } from '../app.ts';

export type CaseChange =
  | { readonly kind: 'change'; readonly change: Partial<Case>; readonly entry: CaseHistoryEntry }
  /** Nothing to do: it was done before, or it can no longer be done. */
  | { readonly kind: 'leave' };

const MAX_CONFLICTS = 20;

/** Applies one decided change under compare-and-set; the decision is taken again on the case as it then is. Null: no such case. */
export async function changeCase(
  app: App,
  caseId: string,
  decide: (matter: Case) => CaseChange,
): Promise<Case | null> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const matter = await app.cases.get(caseId);
    if (!matter) return null;
    const decided = decide(matter);
    if (decided.kind === 'leave') return matter;
    if ((await app.cases.update(caseId, matter.rev, decided.change, decided.entry)) === 'saved') {
      return { ...matter, ...decided.change };
    }
  }
  throw new Error(`case ${caseId} changed ${String(MAX_CONFLICTS)} times under one decision`);
}
