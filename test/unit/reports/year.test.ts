import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import { createSheets } from '#src/reports/script-sheet.ts';

vi.setConfig({ testTimeout: 60_000 });

const month = (weekday: number, due: readonly number[]) => ({
  title: 'Tháng 5/2024',
  days: Array.from({ length: 31 }, (_, index) => ({
    day: index + 1,
    weekday: ((weekday - 1 + index) % 7) + 1,
    isOff: index % 7 > 4,
    isDue: due.includes(index + 1),
  })),
});
const draw = (due: readonly number[]) =>
  createSheets().drawYear({
    title: 'Việc đến hạn 3/2024 – 2/2025',
    weekdays: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
    months: Array.from({ length: 12 }, () => month(7, due)),
    legend: { due: 'ngày có việc đến hạn', off: 'ngày nghỉ' },
  });

/** How many pixels are of the red in which due days stand. */
async function redOf(png: Uint8Array): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let at = 0; at < data.length; at += info.channels)
    if ((data[at] ?? 0) > 100 && (data[at + 1] ?? 0) < 60) red += 1;
  return red;
}

it('is a picture for a phone on which each day that something is due stands out', async () => {
  const [none, two] = await Promise.all([draw([]), draw([9, 30])]);
  const { width, height } = await sharp(two).metadata();
  expect([width, height <= 2_700]).toEqual([1_080, true]);
  expect(await redOf(two)).toBeGreaterThan((await redOf(none)) + 12 * 2 * 500);
});
