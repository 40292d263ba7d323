export type Neighbourhood = {
  readonly id: string;
  readonly name: string;
  /** Other ways people write it; matched without tone marks. */
  readonly aliases: readonly string[];
  /** Household count for votes; null until the ward gives it. */
  readonly households: number | null;
};
