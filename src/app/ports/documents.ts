import type { FetchedFile } from './channel.ts';

/** Why a file gives no words. `macro`: it carries a program; `not-text`: another sort of file than its name says. */
export type DocumentRefusal = 'too-big' | 'old-word' | 'pdf' | 'macro' | 'not-text' | 'empty' | 'broken';

export type ReadDocument =
  | {
      readonly kind: 'words';
      /** With marks (`domain/text/formatted-text`); NFC. */
      readonly marked: string;
    }
  | { readonly kind: 'refused'; readonly why: DocumentRefusal };

/** Reads what people write in other programs. */
export interface Documents {
  /** The words of a .docx or .txt, by what the file is and not by its name. Never throws for what is in a file. */
  readWords(file: FetchedFile): Promise<ReadDocument>;
}
