import type { FetchedFile } from './channel.ts';

/** A letter to fill in and sign by hand, all its words already rendered. */
export interface BlankLetter {
  /** The state's name and motto. */
  readonly heading: readonly string[];
  readonly placeAndDate: string;
  readonly title: string;
  readonly addressee: string;
  /** Printed line by line; dots are written over. */
  readonly lines: readonly string[];
  readonly signHere: readonly string[];
  /** What the law asks for, small, at the end. */
  readonly note: string;
}

export interface Letters {
  /** A .docx of one A4 page; the same words make the same file. */
  draw(letter: BlankLetter): Promise<FetchedFile>;
}
