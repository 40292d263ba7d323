import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { Paper } from '#src/app/ports/papers.ts';
import { createPapers } from '#src/reports/papers.ts';

const paper = (pictures: readonly FetchedFile[], below: string | null = null): Paper => ({
  issuer: ['UBND PHƯỜNG', 'BAN CHỈ ĐẠO'],
  ...{ mark: [], opening: [] },
  heading: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
  ...{ placeAndDate: 'Bãi Cháy, ngày 12 tháng 6 năm 2024', title: 'BIÊN BẢN', subject: 'Kiểm tra' },
  sections: [
    { title: 'III. Những điều thấy được', lines: ['1. Vắng.', { kind: 'pictures', pictures, below }] },
  ],
  foot: [{ kind: 'signer', title: ['TRƯỞNG ĐOÀN'], lines: [], name: null }],
});

/** Noise: no photo is larger for its pixels. */
async function photo(width: number, height: number): Promise<FetchedFile> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const image = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  return { bytes: await image.jpeg({ quality: 90 }).toBuffer(), contentType: 'image/jpeg' };
}

const mediaIn = ({ bytes }: FetchedFile): number =>
  new Set(
    Buffer.from(bytes)
      .toString('latin1')
      .match(/word\/media\/[\w-]+\.jpg/gu),
  ).size;

describe('a paper with pictures', () => {
  it('holds them, and leaves out what is none', async () => {
    const pictures = [
      await photo(400, 300),
      { bytes: new Uint8Array([1, 2, 3]), contentType: 'image/jpeg' },
      await photo(300, 400),
    ];
    expect(mediaIn(await createPapers().draw(paper(pictures)))).toBe(2);
    expect(mediaIn(await createPapers().draw(paper([])))).toBe(0);
  });

  it('stays a file that every platform takes (5 MB), however many pictures there are and however large', async () => {
    const one = await photo(1_200, 900);
    const pictures = Array.from({ length: 7 }, () => ({ ...one, bytes: Uint8Array.from(one.bytes) }));
    const file = await createPapers().draw(paper(pictures));
    expect(mediaIn(file)).toBeGreaterThan(0);
    expect(7 * one.bytes.byteLength).toBeGreaterThan(5_000_000);
    expect(file.bytes.byteLength).toBeLessThan(5_000_000);
  });
});
