import type { LocalDate } from './plan.ts';

/** A post of the plan's library. It is a draft by type: only people approve, never a file. */
export type PlanPost = {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly status: 'draft';
  /** Documents the text rests on. */
  readonly source: readonly string[];
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly owner: string;
  /** True where a real person is named: publishing then needs that person's consent. */
  readonly namesPerson: boolean;
  /** NFC, paragraphs separated by an empty line. */
  readonly body: string;
};

/** What is wrong in a plan or post file; `line` counts from 1, `field` is a path such as `topics[3].owner`. */
export type PlanProblem = {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly message: string;
};
