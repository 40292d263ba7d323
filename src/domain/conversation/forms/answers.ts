import type { RemoteFile } from '../../inbound.ts';

export interface PlaceAnswer {
  readonly text: string | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

/** Plain JSON: an answer outlives restarts. Null: the step was skipped. */
export type Answer =
  string | number | boolean | readonly string[] | readonly RemoteFile[] | PlaceAnswer | null;
export type Answers = Readonly<Record<string, Answer>>;

/** Ids of what the form is about, given where it is opened: a group, a run, a case. */
export type About = Readonly<Record<string, string>>;
