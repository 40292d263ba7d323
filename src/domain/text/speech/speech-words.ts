/** The words a reader says by themselves; each is `speech.word.<name>` of `locales/`. */
export const SPOKEN_WORDS = [
  'ten',
  'tens',
  'oneAfterTens',
  'fourAfterTens',
  'fiveAfterTens',
  'and',
  'hundred',
  'thousand',
  'million',
  'billion',
  'decimal',
  'point',
  'minus',
  'percent',
  'first',
  'fourth',
  'day',
  'earlyDay',
  'month',
  'year',
  'hour',
  'minute',
  'to',
  'partsOf',
  'outOf',
  'number',
  'of',
  'term',
  'each',
  'or',
  'also',
  'times',
  'equals',
  'less',
  'more',
  'atLeast',
  'atMost',
  'about',
  'andSoOn',
  'part',
  'item',
  'link',
  'address',
] as const;
export type SpokenWord = (typeof SPOKEN_WORDS)[number];

/** Written form → what is said. */
export type SpeechTable = ReadonlyMap<string, string>;

/** The Vietnamese that a text is read with. It comes in from `locales/`, so that a ward can say things its own way. */
export interface SpeechWords {
  /** 0 to 9. */
  readonly digits: readonly string[];
  readonly word: Readonly<Record<SpokenWord, string>>;
  /** Names of the letters, by the small letter. */
  readonly letters: SpeechTable;
  /** UBND, TP., VNeID: as written, capitals included. */
  readonly shortForms: SpeechTable;
  /** Kinds of documents, as in 157/**NQ**-HĐND. */
  readonly documents: SpeechTable;
  /** Who issued a document, as in 157/NQ-**HĐND**. */
  readonly issuers: SpeechTable;
  /** km, m², °C: after a number. */
  readonly units: SpeechTable;
  /** Words of other languages, in small letters, spelt as they are said. */
  readonly foreign: SpeechTable;
  /** ông/bà, anh/chị: in small letters. */
  readonly pairs: SpeechTable;
  /** kinh tế - xã hội: two words that a dash makes one. */
  readonly joined: readonly string[];
  /** Numbers that are said digit by digit after "gọi": 113, 1022. */
  readonly shortNumbers: readonly string[];
  /** Words with which a new sentence may begin where a long one is cut at a comma. */
  readonly openings: readonly string[];
  /** Words that begin a clause which cannot stand alone. */
  readonly dependent: readonly string[];
}

export type DoubtKind = 'spelled' | 'foreign' | 'dropped' | 'long';

/** Something a person should look at before it is read aloud; `spoken` is what the script says now. */
export interface Doubt {
  readonly kind: DoubtKind;
  readonly written: string;
  readonly spoken: string;
}
