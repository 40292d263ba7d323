import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import type { DocumentRefusal } from '#src/app/ports/documents.ts';

const MAX_ENTRIES = 500;
/** Unpacked: a bomb is small outside. */
const MAX_UNPACKED_BYTES = 20_000_000;
/** The words alone: some hundred pages, read in well under a second. */
const MAX_XML_BYTES = 2_000_000;

/**
 * Unpacks every entry once and throws it away: after that no size in the archive is a lie (yauzl measures as it reads), and
 * what opens it next cannot be flooded. Answers why the file is refused; null: it may be read. Throws for a broken archive.
 */
export async function openZip(bytes: Uint8Array): Promise<DocumentRefusal | null> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), {
    lazyEntries: true,
    validateEntrySizes: true,
  });
  let unpacked = 0;
  if (zip.entryCount > MAX_ENTRIES) return 'too-big';
  for await (const entry of zip.eachEntry()) {
    const isXml = /\.(?:xml|rels)$/iu.test(entry.fileName);
    if (/vbaProject|vbaData/iu.test(entry.fileName)) return 'macro';
    unpacked += entry.uncompressedSize;
    if (unpacked > MAX_UNPACKED_BYTES || (isXml && entry.uncompressedSize > MAX_XML_BYTES)) return 'too-big';
    const stream = await zip.openReadStreamPromise(entry);
    // Word writes no document types; entities that multiply come with one.
    if (isXml) {
      if (/<!DOCTYPE|<!ENTITY/iu.test(await text(stream))) return 'not-text';
    } else await pipeline(stream, nowhere());
  }
  return null;
}

const nowhere = () =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
