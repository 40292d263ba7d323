import type { FetchedFile } from './channel.ts';

/** The minutes of a visit ("biên bản"), all words already rendered. */
export interface Minutes {
  /** The two lines of the body that looked, top left; its own name is the last. */
  readonly issuer: readonly string[];
  /** The state's name and motto, top right. */
  readonly heading: readonly string[];
  readonly placeAndDate: string;
  readonly title: string;
  readonly subject: string;
  readonly sections: readonly MinutesSection[];
  /** Who signs, left and right: a title and a line below it each. */
  readonly signers: readonly (readonly string[])[];
}

export interface MinutesSection {
  readonly title: string;
  readonly lines: readonly (string | MinutesPictures)[];
  /** The first row is the head. */
  readonly table?: readonly (readonly string[])[];
}

/** Photos of what the line above says; small on paper, so that the file stays one that every platform takes. */
export interface MinutesPictures {
  readonly pictures: readonly FetchedFile[];
  /** What stands below them; null: nothing. */
  readonly below: string | null;
}

export interface MinutesPaper {
  /** A .docx on A4, as official papers are set (NĐ 30/2020/NĐ-CP). A picture that cannot be read is left out. */
  draw(minutes: Minutes): Promise<FetchedFile>;
}
