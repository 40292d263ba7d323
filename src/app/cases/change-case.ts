import type { Case, CaseHistoryEntry } from '#src/domain/case.ts';
import { chatKey, type ChatRef } from '#src/domain/inbound.ts';
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
      return {
        ...matter,
        ...decided.change,
        rev: matter.rev + 1,
        history: [...matter.history, decided.entry],
      };
    }
  }
  throw new Error(`case ${caseId} changed ${String(MAX_CONFLICTS)} times under one decision`);
}

/** Whether this very effect changed the case, in this run or in an earlier one: the last word of an entry's detail is its id. */
export function isChangedBy(matter: Case, effectId: string): boolean {
  return matter.history.some((entry) => entry.detail?.split(' ').at(-1) === effectId);
}

/** Whether this is the chat that the case came from: nobody else rates it or opens it again. */
export function isOfResident(matter: Case, chat: ChatRef): boolean {
  return chatKey(matter.resident) === chatKey(chat);
}
