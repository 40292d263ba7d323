import { type ShownBy, USUALLY_DONE_BY } from '../done-by.ts';
import type { Duty } from '../duty.ts';
import { documentNumber } from './parse-proof.ts';

/** What was to show that a duty is done and did not come with it; null where nothing is missing. A picture of a document has its number. */
export function lackingProof({
  doneBy = USUALLY_DONE_BY,
  proof,
  proofFileIds = [],
}: Pick<Duty, 'doneBy' | 'proof' | 'proofFileIds'>): Exclude<ShownBy, 'word'> | null {
  if (doneBy.kind === 'word' || doneBy.kind === 'checklist' || proofFileIds.length > 0) return null;
  const isNumbered = proof !== null && documentNumber(proof) !== null;
  return doneBy.kind === 'document' && isNumbered ? null : doneBy.kind;
}
