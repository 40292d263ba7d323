import { createCanvas } from '@napi-rs/canvas';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import type { ScriptSheet } from '#src/app/ports/sheets.ts';
import { BOLD, loadFonts, REGULAR } from '#src/reports/fonts.ts';
import { createSheets } from '#src/reports/script-sheet.ts';
import { wrap } from '#src/reports/wrap.ts';

vi.setConfig({ testTimeout: 60_000 });

const sheet = (script: string): ScriptSheet => ({
  ward: 'Ủy ban nhân dân phường Bãi Cháy',
  day: 'Ngày 1/3',
  title: 'Dân được biết những gì?',
  readingTime: 'Đọc hết khoảng 1 phút',
  script,
  signHere: 'Đã đọc lúc ………',
  pageOf: (page, pages) => `Trang ${String(page)}/${String(pages)}`,
});
const PARAGRAPH = 'Khi khu phố quyết việc chung, mỗi gia đình cử một người đại diện. Mỗi nhà một phiếu.';

describe('the sheet of a script', () => {
  it('is one A4 page, black on white, for a post of usual length', async () => {
    const pages = await createSheets().drawScript(sheet(Array(7).fill(PARAGRAPH).join('\n\n')));
    expect(pages).toHaveLength(1);
    const { width, height, format } = await sharp(pages[0]).metadata();
    expect({ format, ratio: Math.round((height / width) * 1_000) }).toEqual({ format: 'png', ratio: 1_415 });
    const { channels } = await sharp(pages[0]).stats();
    expect([channels[0]?.min, channels[0]?.max]).toEqual([0, 255]);
  });

  it('goes on over more pages, the same each time it is drawn', async () => {
    const long = sheet(Array(20).fill(PARAGRAPH).join('\n\n'));
    const [once, again] = await Promise.all([
      createSheets().drawScript(long),
      createSheets().drawScript(long),
    ]);
    expect(once.length).toBeGreaterThan(1);
    expect(again.map((page) => Buffer.from(page).toString('base64'))).toEqual(
      once.map((page) => Buffer.from(page).toString('base64')),
    );
  });

  it('shows every letter of Vietnamese with all its marks, in both weights', () => {
    loadFonts();
    const marks = ['', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];
    const toned = Array.from('aăâeêioôơuưyAĂÂEÊIOÔƠUƯY').flatMap((letter) =>
      marks.map((mark) => `${letter}${mark}`.normalize('NFC')),
    );
    const letters = toned.concat(Array.from('bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX0123456789.,:;?!/()“”…·'));
    for (const family of [REGULAR, BOLD]) {
      const pictures = letters.map((letter) => {
        const canvas = createCanvas(80, 100);
        const context = canvas.getContext('2d');
        context.font = `48px "${family}"`;
        context.fillText(letter, 10, 70);
        return Buffer.from(context.getImageData(0, 0, 80, 100).data).toString('base64');
      });
      // A missing letter is an empty box: two of them would look alike.
      expect(new Set(pictures).size).toBe(letters.length);
    }
  });
});

describe('the picture of a post', () => {
  const poster = (paragraphs: number, title = 'Họp khu phố') => ({
    ward: 'UBND phường Bãi Cháy',
    title,
    text: Array(paragraphs).fill(PARAGRAPH).join('\n\n'),
  });
  const heightOf = async (paragraphs: number): Promise<number> => {
    const png = await createSheets().drawPoster(poster(paragraphs));
    const { width, height, format } = await sharp(png).metadata();
    expect({ width, format }).toEqual({ width: 1_080, format: 'png' });
    // Zalo takes 1 MB.
    expect(png.byteLength).toBeLessThan(1_000_000);
    return height;
  };

  it('is as wide as a phone, as high as its words, and never higher than a phone shows at once', async () => {
    const heights = [await heightOf(1), await heightOf(6), await heightOf(200)];
    expect(heights[0]).toBeLessThan(heights[1] ?? 0);
    expect(heights[2]).toBe(2_340);
    expect(Math.max(...heights)).toBeLessThanOrEqual(2_340);
  });

  it('breaks an address that is longer than a line', () => {
    loadFonts();
    const context = createCanvas(1, 1).getContext('2d');
    context.font = `40px "${REGULAR}"`;
    const address = `https://baichay.gov.vn/${'hop-khu-pho-'.repeat(8)}`;
    const lines = wrap(context, `Xem ${address}`, 500);
    expect(lines.every((line) => context.measureText(line).width <= 500)).toBe(true);
    expect(lines.join('').replace('Xem', '')).toBe(address);
  });

  it('is the same each time it is drawn, and another where the title is', async () => {
    const [once, again, other] = await Promise.all(
      [poster(2), poster(2), poster(2, '')].map(async (one) =>
        Buffer.from(await createSheets().drawPoster(one)).toString('base64'),
      ),
    );
    expect(again).toBe(once);
    expect(other).not.toBe(once);
  });
});
