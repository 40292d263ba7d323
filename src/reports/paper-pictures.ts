import { AlignmentType, ImageRun, Paragraph, type Table, TableRow } from 'docx';
import sharp from 'sharp';
import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { Paper } from '#src/app/ports/papers.ts';
import { plainCell, plainTable } from './official-form.ts';

/** All pictures of a document together: Zalo takes files of 5 MB. */
const MAX_BYTES = 4_000_000;
/** From what is still sharp in print at the size below, to what fits however many there are. */
const STEPS = [
  { sidePixels: 1_000, quality: 75 },
  { sidePixels: 800, quality: 65 },
  { sidePixels: 640, quality: 55 },
  { sidePixels: 400, quality: 45 },
] as const;
/** On paper, at 96 to the inch: two stand side by side between the margins. */
const MAX_SIDE = 285;
const A_ROW = 2;

export interface Picture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type Pictures = ReadonlyMap<FetchedFile, Picture>;

/** Every picture of a paper as small as it has to be; without those that cannot be read. */
export async function scaledPictures({ sections }: Paper): Promise<Pictures> {
  const files = sections.flatMap(({ lines }) =>
    lines.flatMap((line) => (typeof line !== 'string' && line.kind === 'pictures' ? line.pictures : [])),
  );
  const pictures = new Map<FetchedFile, Picture>();
  for (const step of STEPS) {
    for (const file of files) {
      const picture = await scaledTo(pictures.get(file) ?? file, step);
      if (picture) pictures.set(file, picture);
    }
    const bytes = [...pictures.values()].reduce((sum, picture) => sum + picture.bytes.byteLength, 0);
    if (bytes <= MAX_BYTES) break;
  }
  return pictures;
}

async function scaledTo(
  { bytes }: Pick<FetchedFile, 'bytes'>,
  { sidePixels, quality }: (typeof STEPS)[number],
): Promise<Picture | null> {
  try {
    const { data, info } = await sharp(bytes)
      .resize({ width: sidePixels, height: sidePixels, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    // sharp says by throwing that it is no picture.
    return null;
  }
}

/** Two in a row, and none torn by the end of a page; the last stands alone where their number is odd. */
export function pictureTable(pictures: readonly Picture[]): Table {
  const starts = pictures.flatMap((_, index) => (index % A_ROW === 0 ? [index] : []));
  return plainTable(
    starts.map((start) => {
      const row = pictures.slice(start, start + A_ROW);
      const columnSpan = start > 0 ? A_ROW + 1 - row.length : 1;
      const children = row.map((picture) => plainCell([onPaper(picture)], { columnSpan }));
      return new TableRow({ cantSplit: true, children });
    }),
  );
}

function onPaper({ bytes, width, height }: Picture): Paragraph {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const transformation = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 120 },
    children: [new ImageRun({ type: 'jpg', data: bytes, transformation })],
  });
}
