import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { createDocuments } from '#src/documents/documents.ts';
import { readDocument } from '#src/documents/read-document.ts';

const read = readDocument;
const utf8 = (words: string): Uint8Array => new TextEncoder().encode(words);

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const MACRO = 'application/vnd.ms-word.document.macroEnabled.main+xml';

/** A Word file around these paragraphs, with whatever else is put into it. */
async function docx(
  paragraphs: string,
  more: Readonly<Record<string, string | Uint8Array>> = {},
  type = TYPE,
): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
  );
  zip.file(
    '_rels/.rels',
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  );
  zip.file(
    'word/document.xml',
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`,
  );
  for (const [name, content] of Object.entries(more)) zip.file(name, content);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 1 } });
}

const run = (words: string, style = ''): string =>
  `<w:r><w:rPr>${style}</w:rPr><w:t xml:space="preserve">${words}</w:t></w:r>`;
const paragraph = (...runs: readonly string[]): string => `<w:p>${runs.join('')}</w:p>`;

describe('the words of a file', () => {
  it('of Word come with their paragraphs, bold and italic, and a mark of prose stays a letter', async () => {
    const file = await docx(
      paragraph(run('Mời bà con họp', '<w:b/>')) +
        paragraph(run('Đúng '), run('19 giờ', '<w:i/>'), run(' tối thứ Sáu, 2*3 &amp; "nhà văn hóa".')),
    );
    expect(await read(file)).toEqual({
      kind: 'words',
      marked: '*Mời bà con họp*\n\nĐúng _19 giờ_ tối thứ Sáu, 2\\*3 & "nhà văn hóa".',
    });
  });

  it('of a table stand row by row', async () => {
    const cell = (words: string) => `<w:tc>${paragraph(run(words))}</w:tc>`;
    const row = (...cells: readonly string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
    const file = await docx(`<w:tbl>${row('Khu 1', '7 giờ')}${row('Khu 2', '8 giờ')}</w:tbl>`);
    expect(await read(file)).toEqual({ kind: 'words', marked: 'Khu 1 7 giờ\nKhu 2 8 giờ' });
  });

  it('of plain text come as they are, in NFC, from UTF-8 and from what Notepad calls Unicode', async () => {
    const words = 'Họp khu phố\nThứ Sáu';
    expect(await read(utf8(`\uFEFF${words.normalize('NFD').replace('\n', '\r\n')}`))).toEqual({
      kind: 'words',
      marked: words,
    });
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${words}`, 'utf16le'));
    expect(await read(utf16)).toEqual({ kind: 'words', marked: words });
  });
});

describe('a file that is not what it should be', () => {
  const flood = new Uint8Array(21_000_000);

  it('is refused where it would flood the memory, small as it is outside', async () => {
    const bomb = await docx(paragraph(run('x')), { 'word/media/a.png': flood });
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    expect(await read(bomb)).toEqual({ kind: 'refused', why: 'too-big' });
  }, 20_000);

  it('is refused where its words alone are a book', async () => {
    const words = await docx(paragraph(run('x'.repeat(2_100_000))));
    expect(await read(words)).toEqual({ kind: 'refused', why: 'too-big' });
  });

  it('is refused where it lies about its size', async () => {
    const bomb = Buffer.from(
      await docx(paragraph(run('x')), { 'word/media/a.png': flood.slice(0, 900_000) }),
    );
    // The size unpacked, in the archive's directory: 24 bytes into each of its entries.
    for (let at = bomb.indexOf('PK\u0001\u0002'); at >= 0; at = bomb.indexOf('PK\u0001\u0002', at + 1))
      if (bomb.readUInt32LE(at + 24) === 900_000) bomb.writeUInt32LE(9, at + 24);
    expect(await read(bomb)).toEqual({ kind: 'refused', why: 'broken' });
  });

  it('is refused where it carries a program, a document type or another sort of content', async () => {
    const macro = await docx(paragraph(run('x')), { 'word/vbaProject.bin': 'program' });
    expect(await read(macro)).toEqual({ kind: 'refused', why: 'macro' });
    expect(await read(await docx(paragraph(run('x')), {}, MACRO))).toEqual({ kind: 'refused', why: 'macro' });
    const entities = await docx('', { 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' });
    expect(await read(entities)).toEqual({ kind: 'refused', why: 'not-text' });
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]);
    expect(await read(png)).toEqual({ kind: 'refused', why: 'not-text' });
  });

  it('is told apart: PDF, old Word, nothing in it, too long, broken', async () => {
    expect(await read(utf8('%PDF-1.7\n%âãÏÓ\n'))).toEqual({ kind: 'refused', why: 'pdf' });
    const old = new Uint8Array(600);
    old.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await read(old)).toEqual({ kind: 'refused', why: 'old-word' });
    expect(await read(await docx(paragraph()))).toEqual({ kind: 'refused', why: 'empty' });
    expect(await read(utf8('  \n '))).toEqual({ kind: 'refused', why: 'empty' });
    expect(await read(utf8('chữ '.repeat(6_000)))).toEqual({ kind: 'refused', why: 'too-big' });
    expect(await read(new Uint8Array(5_000_001))).toEqual({ kind: 'refused', why: 'too-big' });
    const whole = await docx(paragraph(run('x')));
    expect(await read(whole.slice(0, whole.byteLength - 40))).toEqual({ kind: 'refused', why: 'broken' });
    expect(await read(new Uint8Array([1, 2, 3, 0xff]))).toMatchObject({ kind: 'refused' });
  });
});

describe('the thread in which a file is read', () => {
  const file = { bytes: utf8('Mời bà con họp.'), contentType: 'text/plain' };

  it('gives the words of the file', async () => {
    expect(await createDocuments().readWords(file)).toEqual({ kind: 'words', marked: 'Mời bà con họp.' });
  });

  it('is ended when it takes too long, and the file refused', async () => {
    expect(await createDocuments({ timeoutMs: 1 }).readWords(file)).toEqual({
      kind: 'refused',
      why: 'too-big',
    });
  });
});
