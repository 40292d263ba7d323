import { AlignmentType, Document, Packer, type Paragraph, Table, TableCell, TableRow } from 'docx';
import type {
  Paper,
  PaperFoot,
  PaperLine,
  PaperPictures,
  Papers,
  PaperSection,
} from '#src/app/ports/papers.ts';
import {
  centred,
  DOCX,
  type Look,
  page,
  paragraph,
  plainCell,
  plainTable,
  WHOLE_WIDTH,
} from './official-form.ts';
import { type Pictures, pictureTable, scaledPictures } from './paper-pictures.ts';

/** Half points: the head and "Nơi nhận" are smaller than the rest. */
const HEAD = 24;
const RECIPIENTS = 24;
const RECIPIENT = 22;
/** The state's name has to stand in one line. */
const HEAD_PERCENT = [42, 58] as const;
const FOOT_PERCENT = [50, 50] as const;
/** For the signature and the seal. */
const ROOM_TO_SIGN = 4;

export function createPapers(): Papers {
  return {
    async draw(paper) {
      const pictures = await scaledPictures(paper);
      const document = new Document({
        sections: [{ properties: { page }, children: [...partsOf(paper, pictures)] }],
      });
      return { bytes: new Uint8Array(await Packer.toBuffer(document)), contentType: DOCX };
    },
  };
}

function partsOf(paper: Paper, pictures: Pictures): readonly (Paragraph | Table)[] {
  const { issuer, mark, heading, placeAndDate, title, subject, opening, sections, foot } = paper;
  return [
    sideBySide(HEAD_PERCENT, [
      [
        ...issuer.map((line, index) =>
          paragraph(line, { ...centred, size: HEAD, bold: index === issuer.length - 1 }),
        ),
        ...mark.map((line) => paragraph(line, { ...centred, size: HEAD })),
      ],
      heading.map((line) => paragraph(line, { ...centred, size: HEAD, bold: true })),
    ]),
    paragraph(placeAndDate, { alignment: AlignmentType.RIGHT, italics: true }),
    paragraph(title, { ...centred, bold: true }),
    paragraph(subject, { ...centred, bold: true }),
    ...opening.map((line) => paragraph(line, { italics: true })),
    ...sections.flatMap((section) => sectionParts(section, pictures)),
    paragraph(''),
    sideBySide(FOOT_PERCENT, foot.map(footParts)),
  ];
}

function footParts({ kind, title, lines, name }: PaperFoot): readonly Paragraph[] {
  if (kind === 'recipients')
    return [
      ...title.map((line) => paragraph(line, { bold: true, italics: true, size: RECIPIENTS })),
      ...lines.map((line) => paragraph(line, { size: RECIPIENT })),
    ];
  const bold: Look = { ...centred, bold: true };
  return [
    ...title.map((line) => paragraph(line, bold)),
    ...lines.map((line) => paragraph(line, { ...centred, italics: true })),
    ...(name === null
      ? []
      : [...Array.from({ length: ROOM_TO_SIGN }, () => paragraph('')), paragraph(name, bold)]),
  ];
}

const sectionParts = (
  { title, lines, table }: PaperSection,
  pictures: Pictures,
): readonly (Paragraph | Table)[] => [
  paragraph(title, { bold: true }),
  ...lines.flatMap((line) => lineParts(line, pictures)),
  ...(table ? [ruled(table), paragraph('')] : []),
];

function lineParts(line: PaperLine, pictures: Pictures): readonly (Paragraph | Table)[] {
  if (typeof line === 'string') return [paragraph(line)];
  return line.kind === 'heading' ? [paragraph(line.text, { bold: true })] : pictureParts(line, pictures);
}

function pictureParts({ pictures, below }: PaperPictures, scaled: Pictures): readonly (Paragraph | Table)[] {
  const readable = pictures.map((file) => scaled.get(file)).filter((one) => one !== undefined);
  return [
    ...(readable.length > 0 ? [pictureTable(readable)] : []),
    // Also keeps two tables apart, which Word would join.
    paragraph(below ?? '', { italics: true }),
  ];
}

const sideBySide = (percents: readonly number[], columns: readonly (readonly Paragraph[])[]): Table =>
  plainTable([
    new TableRow({
      children: columns.map((cell, index) => plainCell(cell, { percent: percents[index] ?? 50 })),
    }),
  ]);

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
