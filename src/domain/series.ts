import type { Hash } from './broadcast/approval.ts';
import { localDateOf } from './calendar/local-time.ts';
import type { LocalDate } from './plan.ts';
import type { Audience, BroadcastRun } from './run.ts';
import { canonical } from './text/canonical.ts';

/** `ended`: its rule has no going-out left. */
export const SERIES_STATES = ['submitted', 'returned', 'active', 'stopped', 'ended'] as const;
export type SeriesState = (typeof SERIES_STATES)[number];

/** One of the posts that take turns, as it goes out. */
export type SeriesPost = Pick<
  BroadcastRun,
  | 'postId'
  | 'title'
  | 'body'
  | 'photoIds'
  | 'documentId'
  | 'sources'
  | 'validFrom'
  | 'validTo'
  | 'owner'
  | 'consent'
  | 'renderings'
> &
  Partial<Pick<BroadcastRun, 'supersedes' | 'link'>>;

/** What differs from the rule, by the day that the rule names. */
export type SeriesException =
  | { readonly date: LocalDate; readonly kind: 'skip' }
  | { readonly date: LocalDate; readonly kind: 'move'; readonly atMs: number };

/** Posts that go out again and again by a rule, approved once as a whole. */
export interface Series {
  readonly id: string;
  readonly topicId: string;
  readonly title: string;
  /** RFC 5545: a DTSTART with its time zone, and an RRULE. */
  readonly rule: string;
  /** In turn, the first again after the last. */
  readonly posts: readonly SeriesPost[];
  readonly audience: Audience;
  readonly contentHash: string;
  readonly authorId: string;
  readonly approverId: string | null;
  readonly approvedHash: string | null;
  readonly approvedAtMs: number | null;
  readonly returnComment: string | null;
  readonly exceptions: readonly SeriesException[];
  /** Every going-out before this moment is a run already. */
  readonly madeUntilMs: number;
  readonly state: SeriesState;
  readonly createdAtMs: number;
  readonly rev: number;
}

/** All that an approval of a series is of: rule, posts and audience. One skipped or moved day is not in it. */
export function seriesHash(
  series: Pick<Series, 'topicId' | 'rule' | 'posts' | 'audience'>,
  hash: Hash,
): string {
  const { topicId, rule, posts, audience } = series;
  return hash(canonical({ topicId, rule, posts, audience }));
}

export function isSeriesApproved(series: Series, hash: Hash): boolean {
  return (
    series.approverId !== null &&
    series.approverId !== series.authorId &&
    series.approvedHash === series.contentHash &&
    series.contentHash === seriesHash(series, hash)
  );
}

/** The run of one going-out: by the day that the rule names, wherever it was moved to. */
export function occurrenceId(series: Pick<Series, 'id'>, atMs: number): string {
  return `${series.id}.${localDateOf(atMs).replaceAll('-', '')}`;
}

/** What the series makes of a moment that its rule names: null where that day is skipped. */
export function occurrenceAt(series: Series, ruleMs: number): number | null {
  const exception = series.exceptions.find(({ date }) => date === localDateOf(ruleMs));
  if (!exception) return ruleMs;
  return exception.kind === 'move' ? exception.atMs : null;
}
