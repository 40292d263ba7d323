import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { ScriptSheet, Sheets } from '#src/app/ports/sheets.ts';
import { BOLD, loadFonts, REGULAR } from './fonts.ts';
import { drawPoster } from './poster.ts';
import { wrap } from './wrap.ts';
import { drawYear } from './year.ts';

/** A4 at 150 dots an inch: sharp enough to print, small enough to send. */
const DPI = 150;
const WIDTH = Math.round((210 / 25.4) * DPI);
const HEIGHT = Math.round((297 / 25.4) * DPI);
const MARGIN = Math.round((14 / 25.4) * DPI);
const points = (size: number) => (size * DPI) / 72;

/** The largest type with which the script still fits on one sheet; longer ones take more sheets at the middle size. */
const SCRIPT_SIZES = [24, 22, 20, 18] as const;
const MANY_PAGES_SIZE = 20;
const LINE_HEIGHT = 1.5;
const PARAGRAPH_GAP = 0.3;
const SMALL = 13;
const TITLE = 20;
/** Room at the foot for the line to sign and the page number. */
const FOOT = SMALL * 2.6;

interface Line {
  readonly text: string;
  /** Space above, in pixels. */
  readonly above: number;
}

/** The adapter of `Sheets`. Throws when the fonts cannot be loaded. */
export function createSheets(): Sheets {
  loadFonts();
  return { drawScript: (sheet) => Promise.all(pagesOf(sheet).map(encode)), drawPoster, drawYear };
}

type Page = (context: SKRSContext2D) => void;

function encode(page: Page): Promise<Uint8Array> {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'black';
  context.textBaseline = 'alphabetic';
  page(context);
  return canvas.encode('png');
}

function pagesOf(sheet: ScriptSheet): readonly Page[] {
  const measure = createCanvas(1, 1).getContext('2d');
  for (const size of SCRIPT_SIZES) {
    const pages = paginate(measure, sheet, size);
    if (pages.length === 1) return drawn(sheet, size, pages);
  }
  return drawn(sheet, MANY_PAGES_SIZE, paginate(measure, sheet, MANY_PAGES_SIZE));
}

function drawn(sheet: ScriptSheet, size: number, pages: readonly (readonly Line[])[]): readonly Page[] {
  return pages.map((lines, index) => (context) => {
    const isLast = index === pages.length - 1;
    let y = drawHead(context, sheet, index === 0);
    context.font = fontOf(REGULAR, size);
    for (const line of lines) {
      y += line.above + points(size) * LINE_HEIGHT;
      context.fillText(line.text, MARGIN, y);
    }
    context.font = fontOf(REGULAR, SMALL);
    if (isLast) context.fillText(sheet.signHere, MARGIN, HEIGHT - MARGIN - points(SMALL) * 0.9);
    if (pages.length > 1) {
      const page = sheet.pageOf(index + 1, pages.length);
      context.fillText(page, WIDTH - MARGIN - context.measureText(page).width, HEIGHT - MARGIN + points(6));
    }
  });
}

const fontOf = (family: string, size: number) => `${String(points(size))}px "${family}"`;

/** Answers where the script begins. The title stands on the first page only. */
function drawHead(context: SKRSContext2D, sheet: ScriptSheet, isFirst: boolean): number {
  let y = MARGIN - points(SMALL) / 2;
  const write = (text: string, family: string, size: number) => {
    context.font = fontOf(family, size);
    for (const line of wrap(context, text, WIDTH - 2 * MARGIN)) {
      y += points(size) * 1.35;
      context.fillText(line, MARGIN, y);
    }
  };
  write(sheet.ward, REGULAR, SMALL);
  write(sheet.day, BOLD, SMALL + 2);
  if (isFirst) {
    y += points(6);
    write(sheet.title, BOLD, TITLE);
    write(sheet.readingTime, REGULAR, SMALL);
  }
  y += points(10);
  context.fillRect(MARGIN, y, WIDTH - 2 * MARGIN, points(1));
  return y + points(2);
}

/** The script as lines, page by page; a paragraph never leaves its first line alone at the foot of a page. */
function paginate(measure: SKRSContext2D, sheet: ScriptSheet, size: number): readonly (readonly Line[])[] {
  const lineHeight = points(size) * LINE_HEIGHT;
  const foot = HEIGHT - MARGIN - points(FOOT);
  const pages: Line[][] = [[]];
  let y = drawHead(measure, sheet, true);
  const add = (line: Line) => {
    if (y + line.above + lineHeight > foot) {
      pages.push([]);
      y = drawHead(measure, sheet, false);
    }
    const above = pages.at(-1)?.length === 0 ? 0 : line.above;
    pages.at(-1)?.push({ ...line, above });
    y += above + lineHeight;
  };
  for (const paragraph of sheet.script.split(/\n+/u)) {
    measure.font = fontOf(REGULAR, size);
    const lines = wrap(measure, paragraph, WIDTH - 2 * MARGIN);
    // Two lines of a paragraph, at least, stand together.
    const needs = Math.min(lines.length, 2) * lineHeight;
    if (y + lineHeight * PARAGRAPH_GAP + needs > foot) y = foot;
    lines.forEach((text, at) => {
      add({ text, above: at === 0 ? lineHeight * PARAGRAPH_GAP : 0 });
    });
  }
  return pages.filter((page) => page.length > 0);
}
