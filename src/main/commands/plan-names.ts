import { fold } from '#src/domain/vietnamese/fold.ts';
import { findNeighbourhood } from '#src/domain/vietnamese/place.ts';
import type { Neighbourhood, Plan, Unit } from '#src/domain/plan.ts';

/** By its id, or as people write it: "Khu 3", "khu3", "3"; null when none or several are meant. */
export function neighbourhoodOf(plan: Plan, words: string): Neighbourhood | null {
  const id = words.trim().toLowerCase();
  return plan.neighbourhoods.find((one) => one.id === id) ?? findNeighbourhood(words, plan.neighbourhoods);
}

/** By its id or its name, former and later ones included; null when none or several are meant. */
export function unitOf(plan: Plan, words: string): Unit | null {
  const byId = plan.units.find((unit) => unit.id === words.trim());
  if (byId) return byId;
  const named = plan.units.filter((unit) =>
    [unit.name, ...unit.renamed.map((later) => later.name)].some((name) => fold(name) === fold(words)),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}
