import type { Case } from '../case.ts';
import { chatKey } from '../inbound.ts';

/** Who reported something of one kind lately, and where. */
export interface LikeReport {
  readonly chatKey: string;
  readonly neighbourhoodId: string | null;
}

/** One person behind a report. Whoever did not write it themselves is taken for somebody else each time. */
export function reporterKey({
  id,
  resident,
  entered,
}: Pick<Case, 'id' | 'resident'> & { readonly entered?: Case['entered'] | undefined }): string {
  return entered === undefined ? chatKey(resident) : `entered:${id}`;
}

/** Many people behind one matter: a place is named where they are neighbours. */
export type Crowd = { readonly neighbourhoodId: string | null; readonly residents: number };

/**
 * Whether so many different residents stand behind a kind of matter that somebody above should know: neighbours of the newest
 * report first, then the whole ward. Who writes five times is one.
 */
export function crowdBehind(
  reports: readonly LikeReport[],
  newest: LikeReport,
  limits: { readonly samePlace: number; readonly sameMatter: number },
): Crowd | null {
  const { neighbourhoodId } = newest;
  const count = (of: readonly LikeReport[]): number => new Set(of.map(({ chatKey }) => chatKey)).size;
  const neighbours =
    neighbourhoodId === null ? 0 : count(reports.filter((one) => one.neighbourhoodId === neighbourhoodId));
  if (neighbours >= limits.samePlace) return { neighbourhoodId, residents: neighbours };
  const all = count(reports);
  return all >= limits.sameMatter ? { neighbourhoodId: null, residents: all } : null;
}
