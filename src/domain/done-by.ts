/**
 * What shows that a duty is done: the number and day of a document, a file, photos, each item of a list, or what somebody says of
 * it. It is asked for, never insisted on; who reads that it is done sees what is missing.
 */
export type DoneBy =
  { readonly kind: ShownBy } | { readonly kind: 'checklist'; readonly items: readonly string[] };

/** Those that need nothing more said. */
export const SHOWN_BY = ['document', 'file', 'photo', 'word'] as const;
export type ShownBy = (typeof SHOWN_BY)[number];

/** Where nothing else is laid down. */
export const USUALLY_DONE_BY: DoneBy = { kind: 'document' };

/** As it is laid down for a duty or a rule; nothing where it is left out. */
export const withDoneBy = ({ doneBy }: { readonly doneBy?: DoneBy }): { readonly doneBy?: DoneBy } =>
  doneBy === undefined ? {} : { doneBy };
