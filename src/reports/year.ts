import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { YearMonth, YearSheet } from '#src/app/ports/sheets.ts';
import { BOLD, REGULAR } from './fonts.ts';

/** As wide as phones show a picture: two months side by side can be read there. */
const WIDTH = 1_080;
const MARGIN = 48;
const COLUMNS = 2;
const GAP = 48;
const MONTH_WIDTH = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
const CELL = MONTH_WIDTH / 7;
const ROW = 46;
const HEAD = 120;
const MONTH_HEAD = 96;
/** A month can touch six weeks. */
const MONTH_HEIGHT = MONTH_HEAD + 6 * ROW + 28;
const FOOT = 76;

const INK = '#1c1c1c';
const PALE = '#9a9a9a';
const DUE = '#8b1a1a';

const font = (family: string, size: number): string => `${String(size)}px "${family}"`;

/** Twelve months under a title; a day on which something is due is white on dark red. */
export function drawYear({ title, weekdays, months, legend }: YearSheet): Promise<Uint8Array> {
  const rows = Math.ceil(months.length / COLUMNS);
  const height = HEAD + rows * MONTH_HEIGHT + FOOT;
  const canvas = createCanvas(WIDTH, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, height);
  context.fillStyle = INK;
  context.font = font(BOLD, 44);
  context.fillText(title, MARGIN, 76);
  for (const [index, month] of months.entries()) {
    const x = MARGIN + (index % COLUMNS) * (MONTH_WIDTH + GAP);
    drawMonth(context, month, weekdays, x, HEAD + Math.floor(index / COLUMNS) * MONTH_HEIGHT);
  }
  drawLegend(context, legend, height - FOOT / 2);
  return canvas.encode('png');
}

function drawMonth(
  context: SKRSContext2D,
  { title, days }: YearMonth,
  weekdays: readonly string[],
  x: number,
  y: number,
): void {
  context.textAlign = 'left';
  context.fillStyle = INK;
  context.font = font(BOLD, 32);
  context.fillText(title, x, y + 32);
  context.textAlign = 'center';
  context.font = font(REGULAR, 22);
  context.fillStyle = PALE;
  for (const [index, name] of weekdays.entries()) context.fillText(name, x + (index + 0.5) * CELL, y + 74);
  const first = (days[0]?.weekday ?? 1) - 1;
  for (const [index, { day, weekday, isOff, isDue }] of days.entries()) {
    const at = x + (weekday - 0.5) * CELL;
    const baseline = y + MONTH_HEAD + Math.floor((first + index) / 7) * ROW + 32;
    if (isDue) disc(context, at, baseline - 10);
    context.fillStyle = isDue ? 'white' : isOff ? PALE : INK;
    context.font = font(isDue ? BOLD : REGULAR, 28);
    context.fillText(String(day), at, baseline);
  }
  context.textAlign = 'left';
}

function disc(context: SKRSContext2D, x: number, y: number): void {
  context.fillStyle = DUE;
  context.beginPath();
  context.arc(x, y, 22, 0, 2 * Math.PI);
  context.fill();
}

function drawLegend(context: SKRSContext2D, { due, off }: YearSheet['legend'], y: number): void {
  context.font = font(REGULAR, 26);
  disc(context, MARGIN + 22, y - 9);
  context.fillStyle = INK;
  context.fillText(due, MARGIN + 58, y);
  context.fillStyle = PALE;
  context.fillText(off, MARGIN + 110 + context.measureText(due).width, y);
}
