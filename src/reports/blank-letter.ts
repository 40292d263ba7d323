import { AlignmentType, Document, Packer, type Paragraph } from 'docx';
import type { BlankLetter, Letters } from '#src/app/ports/letters.ts';
import { centred, DOCX, page, paragraph, SIZE } from './official-form.ts';

const SMALL = 22;

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
