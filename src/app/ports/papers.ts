import type { FetchedFile } from './channel.ts';

/** An official paper, all words already rendered: the minutes of a visit ("biên bản"), the plan of inspections ("kế hoạch"). */
export interface Paper {
  /** Top left: the body whose paper it is; its own name is the last. */
  readonly issuer: readonly string[];
  /** Below that: the number, and that it is a draft. */
  readonly mark: readonly string[];
  /** The state's name and motto, top right. */
  readonly heading: readonly string[];
  readonly placeAndDate: string;
  readonly title: string;
  readonly subject: string;
  /** What it rests on, before the sections. */
  readonly opening: readonly string[];
  readonly sections: readonly PaperSection[];
  /** Left and right at the end. */
  readonly foot: readonly PaperFoot[];
}

export interface PaperSection {
  readonly title: string;
  readonly lines: readonly PaperLine[];
  /** The first row is the head. */
  readonly table?: readonly (readonly string[])[];
}

export type PaperLine = string | PaperHeading | PaperPictures;

export interface PaperHeading {
  readonly kind: 'heading';
  readonly text: string;
}

/** Photos of what the line above says; small on paper, so that the file stays one that every platform takes. */
export interface PaperPictures {
  readonly kind: 'pictures';
  readonly pictures: readonly FetchedFile[];
  /** What stands below them; null: nothing. */
  readonly below: string | null;
}

/** Who signs, or who gets the paper: a head in one or two lines, and what stands below it. */
export interface PaperFoot {
  readonly kind: 'signer' | 'recipients';
  readonly title: readonly string[];
  readonly lines: readonly string[];
  /** Below the place for the signature; null where it is written by hand. */
  readonly name: string | null;
}

export interface Papers {
  /** A .docx on A4, as official papers are set (NĐ 30/2020/NĐ-CP). A picture that cannot be read is left out. */
  draw(paper: Paper): Promise<FetchedFile>;
}
