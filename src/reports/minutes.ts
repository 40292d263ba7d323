import { AlignmentType, Document, Packer, type Paragraph, Table, TableCell, TableRow } from 'docx';
import type { Minutes, MinutesPaper, MinutesPictures, MinutesSection } from '#src/app/ports/minutes.ts';
import { type Pictures, pictureTable, scaledPictures } from './minutes-pictures.ts';
import { centred, DOCX, type Look, page, paragraph, plainCell, plainTable, WHOLE_WIDTH } from './paper.ts';

export function createMinutesPaper(): MinutesPaper {
  return {
    async draw(minutes) {
      const pictures = await scaledPictures(minutes);
      const document = new Document({
        sections: [{ properties: { page }, children: [...partsOf(minutes, pictures)] }],
      });
      return { bytes: new Uint8Array(await Packer.toBuffer(document)), contentType: DOCX };
    },
  };
}

function partsOf(minutes: Minutes, pictures: Pictures): readonly (Paragraph | Table)[] {
  const { issuer, heading, placeAndDate, title, subject, sections, signers } = minutes;
  return [
    sideBySide([
      issuer.map((line, index) => paragraph(line, { ...centred, bold: index === issuer.length - 1 })),
      heading.map((line) => paragraph(line, { ...centred, bold: true })),
    ]),
    paragraph(placeAndDate, { alignment: AlignmentType.RIGHT, italics: true }),
    paragraph(title, { ...centred, bold: true }),
    paragraph(subject, { ...centred, bold: true }),
    ...sections.flatMap((section) => sectionParts(section, pictures)),
    paragraph(''),
    sideBySide(
      signers.map((lines) => lines.map((line, index) => paragraph(line, { ...centred, ...signing(index) }))),
    ),
  ];
}

const signing = (index: number): Look => (index === 0 ? { bold: true } : { italics: true });

function sectionParts(
  { title, lines, table }: MinutesSection,
  pictures: Pictures,
): readonly (Paragraph | Table)[] {
  return [
    paragraph(title, { bold: true }),
    ...lines.flatMap((line) => (typeof line === 'string' ? [paragraph(line)] : pictureParts(line, pictures))),
    ...(table ? [ruled(table), paragraph('')] : []),
  ];
}

function pictureParts(
  { pictures, below }: MinutesPictures,
  scaled: Pictures,
): readonly (Paragraph | Table)[] {
  const readable = pictures.map((file) => scaled.get(file)).filter((one) => one !== undefined);
  return [
    ...(readable.length > 0 ? [pictureTable(readable)] : []),
    // Also keeps two tables apart, which Word would join.
    paragraph(below ?? '', { italics: true }),
  ];
}

const sideBySide = (columns: readonly (readonly Paragraph[])[]): Table =>
  plainTable([new TableRow({ children: columns.map((cell) => plainCell(cell)) })]);

const ruled = (rows: readonly (readonly string[])[]): Table =>
  new Table({
    width: WHOLE_WIDTH,
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          children: cells.map(
            (cell) => new TableCell({ children: [paragraph(cell, { bold: index === 0 })] }),
          ),
        }),
    ),
  });
