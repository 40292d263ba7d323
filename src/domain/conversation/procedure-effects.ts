import type { LocalDate } from '../plan.ts';
import type { Figures } from '../procedures/figures.ts';

/** What the steps around the board of procedures ask the world to do. `week`: its Monday. */
export type ProcedureEffect =
  | { readonly kind: 'show-procedures' }
  | { readonly kind: 'record-figures'; readonly week: LocalDate; readonly figures: Figures };
