/** One day's sheet for the loudspeaker announcer, all its words already rendered. */
export interface ScriptSheet {
  /** Who speaks: stands small at the top. */
  readonly ward: string;
  /** Which day of how many, the date and when it is read. */
  readonly day: string;
  readonly title: string;
  readonly readingTime: string;
  /** Paragraphs are separated by line breaks. */
  readonly script: string;
  /** Where who read it writes the hour and a name; at the end. */
  readonly signHere: string;
  readonly pageOf: (page: number, pages: number) => string;
}

/** A post as one picture, its words already plain. */
export interface Poster {
  readonly ward: string;
  /** Empty where the text begins with it. */
  readonly title: string;
  readonly text: string;
}

/** Twelve months on one picture, all words already rendered. */
export interface YearSheet {
  readonly title: string;
  /** From Monday. */
  readonly weekdays: readonly string[];
  readonly months: readonly YearMonth[];
  /** What the colours mean. */
  readonly legend: { readonly due: string; readonly off: string };
}

export interface YearMonth {
  readonly title: string;
  readonly days: readonly {
    readonly day: number;
    /** ISO: Monday is 1. */
    readonly weekday: number;
    readonly isOff: boolean;
    readonly isDue: boolean;
  }[];
}

/** Makes pages that are printed or read from a phone. */
export interface Sheets {
  /** Each page as a PNG of an A4 sheet, black on white, in large type; as many as the script needs. */
  drawScript(sheet: ScriptSheet): Promise<readonly Uint8Array[]>;
  /** A PNG as wide as a phone, in letters that can be read at arm's length; it is forwarded alone. */
  drawPoster(poster: Poster): Promise<Uint8Array>;
  /** A PNG as wide as a phone: days on which something is due stand out, days off are pale. */
  drawYear(year: YearSheet): Promise<Uint8Array>;
}
