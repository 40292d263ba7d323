import { fileTypeFromBuffer } from 'file-type';
import mammoth from 'mammoth';
import type { DocumentRefusal, ReadDocument } from '#src/app/ports/documents.ts';
import { markedOfHtml } from './html-to-marks.ts';
import { openZip } from './open-zip.ts';

/** A post is a page or two; what is larger is a report and not a post. */
const MAX_BYTES = 5_000_000;
const MAX_WORDS_LENGTH = 20_000;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const REFUSED: Readonly<Record<string, DocumentRefusal>> = {
  'application/pdf': 'pdf',
  'application/x-cfb': 'old-word',
  'application/msword': 'old-word',
  'application/vnd.ms-word.document.macroenabled.12': 'macro',
  'application/vnd.ms-word.template.macroenabled.12': 'macro',
};

/** Word files by mammoth, after everything in them was measured. Never throws for what is in a file. */
export async function readDocument(bytes: Uint8Array): Promise<ReadDocument> {
  if (bytes.byteLength > MAX_BYTES) return refused('too-big');
  try {
    const type = await fileTypeFromBuffer(bytes);
    if (type === undefined) return textOf(bytes);
    if (type.mime !== DOCX) return refused(REFUSED[type.mime] ?? 'not-text');
    return await wordsOfDocx(bytes);
  } catch {
    // Broken files say so by throwing, in whatever library meets them first.
    return refused('broken');
  }
}

async function wordsOfDocx(bytes: Uint8Array): Promise<ReadDocument> {
  const why = await openZip(bytes);
  if (why) return refused(why);
  const html = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      externalFileAccess: false,
      ignoreEmptyParagraphs: true,
    },
  );
  return words(markedOfHtml(html.value));
}

/** Words as any editor saves them: UTF-8 with or without a mark at its start, or what Notepad calls Unicode. */
function textOf(bytes: Uint8Array): ReadDocument {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  // A control sign tells a program from a letter.
  if (/[\u0000-\u0008\u000e-\u001f]/u.test(text)) return refused('not-text');
  return words(text.replaceAll('\r\n', '\n'));
}

function words(marked: string): ReadDocument {
  const tidy = marked
    .normalize('NFC')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
  if (tidy === '') return refused('empty');
  return tidy.length > MAX_WORDS_LENGTH ? refused('too-big') : { kind: 'words', marked: tidy };
}

const refused = (why: DocumentRefusal): ReadDocument => ({ kind: 'refused', why });
