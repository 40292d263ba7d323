/** What came of the rows of one run in one form and neighbourhood. */
export interface CoverageRow {
  readonly runId: string;
  /** `telegram`, `zalo`, `relay`, `loudspeaker`, `meeting`. */
  readonly rendering: string;
  /** Null: destinations of the whole ward. */
  readonly neighbourhood: string | null;
  readonly rows: number;
  readonly sent: number;
  /** Self-reported by the people behind the rows, and counted apart from `sent`. */
  readonly relayed: number;
  readonly readAloud: number;
  readonly said: number;
}
