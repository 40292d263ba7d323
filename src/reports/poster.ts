import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Poster } from '#src/app/ports/sheets.ts';
import { BOLD, REGULAR } from './fonts.ts';
import { wrap } from './wrap.ts';

/** As wide as phones show a picture; as high as they show one whole. */
const WIDTH = 1_080;
const MAX_HEIGHT = 2_340;
const MARGIN = 64;
const INNER = WIDTH - 2 * MARGIN;
/** The largest letters with which it fits; what does not fit at the smallest ends with "…", and stands in the message. */
const SIZES = [64, 58, 52, 46, 42, 38] as const;
const LINE_HEIGHT = 1.42;
const GAP = 0.55;
const FOOT = 40;

interface Line {
  readonly text: string;
  readonly family: string;
  readonly size: number;
  readonly y: number;
}

interface Layout {
  readonly lines: readonly Line[];
  readonly height: number;
}

/** The post alone, black on white under one dark bar: whoever forwards it needs to add nothing. */
export function drawPoster(poster: Poster): Promise<Uint8Array> {
  const measure = createCanvas(1, 1).getContext('2d');
  const layouts = SIZES.map((size) => layOut(measure, poster, size));
  const layout = layouts.find(({ height }) => height <= MAX_HEIGHT) ?? cut(layouts.at(-1));
  const canvas = createCanvas(WIDTH, layout.height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, layout.height);
  context.fillStyle = '#8b1a1a';
  context.fillRect(0, 0, WIDTH, 20);
  context.fillStyle = 'black';
  for (const { text, family, size, y } of layout.lines) {
    context.font = fontOf(family, size);
    context.fillText(text, MARGIN, y);
  }
  return canvas.encode('png');
}

const fontOf = (family: string, size: number): string => `${String(size)}px "${family}"`;

function layOut(measure: SKRSContext2D, { ward, title, text }: Poster, size: number): Layout {
  const lines: Line[] = [];
  let y = MARGIN;
  const write = (words: string, family: string, at: number): void => {
    measure.font = fontOf(family, at);
    for (const line of wrap(measure, words, INNER)) {
      y += at * LINE_HEIGHT;
      lines.push({ text: line, family, size: at, y });
    }
  };
  if (title !== '') write(title, BOLD, Math.round(size * 1.15));
  for (const paragraph of text.split(/\n+/u)) {
    y += size * GAP;
    write(paragraph, REGULAR, size);
  }
  y += size;
  write(ward, BOLD, FOOT);
  return { lines, height: Math.ceil(y + MARGIN) };
}

/** As many lines as fit, and the ward below them. */
function cut(layout: Layout | undefined): Layout {
  const { lines = [] } = layout ?? {};
  const foot = MAX_HEIGHT - MARGIN;
  const kept = lines.slice(0, -1).filter(({ y }) => y < foot - FOOT * 3);
  const last = kept.at(-1);
  const ward = lines.at(-1);
  return {
    lines: [
      ...kept.slice(0, -1),
      ...(last ? [{ ...last, text: `${last.text} …` }] : []),
      ...(ward ? [{ ...ward, y: foot }] : []),
    ],
    height: MAX_HEIGHT,
  };
}
