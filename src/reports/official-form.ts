import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  type TableRow,
  TextRun,
  WidthType,
} from 'docx';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** As official papers are set: NĐ 30/2020/NĐ-CP, Phụ lục I. Sizes are half points, lengths twentieths of one. */
const FONT = 'Times New Roman';
export const SIZE = 28;
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

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  ...{ top: NONE, bottom: NONE, left: NONE, right: NONE },
  ...{ insideHorizontal: NONE, insideVertical: NONE },
};
export const WHOLE_WIDTH = { size: 100, type: WidthType.PERCENTAGE } as const;

/** A table without lines, as the heads of official papers are set. */
export const plainTable = (rows: readonly TableRow[]): Table =>
  new Table({ width: WHOLE_WIDTH, borders: NO_BORDERS, rows: [...rows] });

/** `percent`: of the width; as much as the others unless told. */
export const plainCell = (
  children: readonly Paragraph[],
  { columnSpan = 1, percent }: { readonly columnSpan?: number; readonly percent?: number } = {},
): TableCell =>
  new TableCell({
    borders: NO_BORDERS,
    columnSpan,
    ...(percent === undefined ? {} : { width: { size: percent, type: WidthType.PERCENTAGE } }),
    children: [...children],
  });
