interface DocumentType {
  readonly contentType: string;
  /** Zalo takes PDF, Word and CSV. */
  readonly onZalo: boolean;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** What people open on a phone; anything else may be a program. */
const TYPES: Readonly<Record<string, DocumentType>> = {
  pdf: { contentType: 'application/pdf', onZalo: true },
  doc: { contentType: 'application/msword', onZalo: true },
  docx: { contentType: `${OFFICE}.wordprocessingml.document`, onZalo: true },
  csv: { contentType: 'text/csv', onZalo: true },
  xls: { contentType: 'application/vnd.ms-excel', onZalo: false },
  xlsx: { contentType: `${OFFICE}.spreadsheetml.sheet`, onZalo: false },
  pptx: { contentType: `${OFFICE}.presentationml.presentation`, onZalo: false },
};

/** What both platforms take. */
export const MAX_DOCUMENT_BYTES = 5_000_000;
const MAX_NAME_LENGTH = 60;

function typeOf(name: string): DocumentType | null {
  const extension = /\.([a-z]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  return TYPES[extension] ?? null;
}

/** A name under which the file may go out; null where it is of no kind that does. */
export function documentName(name: string): string | null {
  if (!typeOf(name)) return null;
  const at = name.lastIndexOf('.');
  const base = name
    .slice(0, at)
    .normalize('NFC')
    .replaceAll(/[\p{C}/\\"<>:|?*]+/gu, '-')
    .trim();
  return `${base.slice(0, MAX_NAME_LENGTH) || 'tep'}${name.slice(at).toLowerCase()}`;
}

const DOCUMENT = 'document.';

/** The id ends with the file's name, under which it goes out. */
export const documentId = (hash: string, name: string): string => `${DOCUMENT}${hash.slice(0, 24)}/${name}`;
export const isDocumentId = (id: string): boolean => id.startsWith(DOCUMENT);
export const nameOfDocument = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
export const contentTypeOf = (id: string): string =>
  typeOf(nameOfDocument(id))?.contentType ?? 'application/octet-stream';
export const goesOnZalo = (id: string): boolean => typeOf(nameOfDocument(id))?.onZalo ?? false;

/** The one address in the words, with or without its https; null where there is none, or more than that. */
export function parseLink(words: string): string | null {
  const given = words.trim();
  if (/\s/u.test(given) || !/^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$/iu.test(given)) return null;
  return /^https?:\/\//iu.test(given) ? given : `https://${given}`;
}
