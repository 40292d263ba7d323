import { AlignmentType, Document, Packer, Paragraph, TextRun } from 'docx';
import type { BlankLetter, Letters } from '#src/app/ports/letters.ts';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** As official papers are set: NĐ 30/2020/NĐ-CP, Phụ lục I. Sizes are half points, lengths twentieths of one. */
const FONT = 'Times New Roman';
const SIZE = 28;
const SMALL = 22;
const MILLIMETRE = 56.7;
export const page = {
  size: { width: Math.round(210 * MILLIMETRE), height: Math.round(297 * MILLIMETRE) },
  margin: {
    top: Math.round(20 * MILLIMETRE),
    bottom: Math.round(20 * MILLIMETRE),
    left: Math.round(30 * MILLIMETRE),
    right: Math.round(15 * MILLIMETRE),
  },
};

export interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly size?: number;
  readonly alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
}

export const paragraph = (text: string, { alignment, ...look }: Look = {}): Paragraph =>
  new Paragraph({
    spacing: { after: 120 },
    ...(alignment === undefined ? {} : { alignment }),
    children: [new TextRun({ text, font: FONT, size: SIZE, ...look })],
  });

export const centred: Look = { alignment: AlignmentType.CENTER };

export function createLetters(): Letters {
  return {
    async draw(letter) {
      const document = new Document({
        sections: [{ properties: { page }, children: [...paragraphsOf(letter)] }],
      });
      return { bytes: new Uint8Array(await Packer.toBuffer(document)), contentType: DOCX };
    },
  };
}

function paragraphsOf(letter: BlankLetter): readonly Paragraph[] {
  return [
    ...letter.heading.map((line) => paragraph(line, { ...centred, bold: true })),
    paragraph(letter.placeAndDate, { alignment: AlignmentType.RIGHT, italics: true }),
    paragraph(letter.title, { ...centred, bold: true, size: SIZE + 4 }),
    paragraph(letter.addressee, centred),
    ...letter.lines.map((line) => paragraph(line)),
    ...letter.signHere.map((line, index) =>
      paragraph(line, { alignment: AlignmentType.RIGHT, bold: index === 0, italics: index > 0 }),
    ),
    paragraph(letter.note, { italics: true, size: SMALL }),
  ];
}
