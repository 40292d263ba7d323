/** How a body looks at a unit, in the plan's own words: định kỳ, đột xuất, chuyên đề, thường xuyên, không báo trước. */
export const KINDS_OF_INSPECTION = ['periodic', 'ad-hoc', 'thematic', 'regular', 'unannounced'] as const;
export type KindOfInspection = (typeof KINDS_OF_INSPECTION)[number];

/** One thing to look at on the spot. */
export type ChecklistItem = { readonly id: string; readonly text: string };

const BY_SURPRISE: ReadonlySet<KindOfInspection> = new Set(['ad-hoc', 'unannounced']);

/** Whether such a visit is told to the unit beforehand. Never where the plan announces none. */
export const isAnnounced = (rule: { readonly announced: boolean }, kind: KindOfInspection): boolean =>
  rule.announced && !BY_SURPRISE.has(kind);
