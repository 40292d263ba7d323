import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  WidthType,
} from 'docx';
import type { Minutes, MinutesPaper, MinutesSection } from '#src/app/ports/minutes.ts';
import { centred, DOCX, type Look, page, paragraph } from './blank-letter.ts';

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  ...{ top: NONE, bottom: NONE, left: NONE, right: NONE },
  ...{ insideHorizontal: NONE, insideVertical: NONE },
};
const WHOLE_WIDTH = { size: 100, type: WidthType.PERCENTAGE } as const;

export function createMinutesPaper(): MinutesPaper {
  return {
    async draw(minutes) {
      const document = new Document({
        sections: [{ properties: { page }, children: [...partsOf(minutes)] }],
      });
      return { bytes: new Uint8Array(await Packer.toBuffer(document)), contentType: DOCX };
    },
  };
}

function partsOf(minutes: Minutes): readonly (Paragraph | Table)[] {
  const { issuer, heading, placeAndDate, title, subject, sections, signers } = minutes;
  return [
    sideBySide([
      issuer.map((line, index) => paragraph(line, { ...centred, bold: index === issuer.length - 1 })),
      heading.map((line) => paragraph(line, { ...centred, bold: true })),
    ]),
    paragraph(placeAndDate, { alignment: AlignmentType.RIGHT, italics: true }),
    paragraph(title, { ...centred, bold: true }),
    paragraph(subject, { ...centred, bold: true }),
    ...sections.flatMap(sectionParts),
    paragraph(''),
    sideBySide(
      signers.map((lines) => lines.map((line, index) => paragraph(line, { ...centred, ...signing(index) }))),
    ),
  ];
}

const signing = (index: number): Look => (index === 0 ? { bold: true } : { italics: true });

function sectionParts({ title, lines, table }: MinutesSection): readonly (Paragraph | Table)[] {
  return [
    paragraph(title, { bold: true }),
    ...lines.map((line) => paragraph(line)),
    ...(table ? [ruled(table), paragraph('')] : []),
  ];
}

/** A table without lines, as the heads of official papers are set. */
const sideBySide = (columns: readonly (readonly Paragraph[])[]): Table =>
  new Table({
    width: WHOLE_WIDTH,
    borders: NO_BORDERS,
    rows: [
      new TableRow({
        children: columns.map((children) => new TableCell({ borders: NO_BORDERS, children: [...children] })),
      }),
    ],
  });

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
