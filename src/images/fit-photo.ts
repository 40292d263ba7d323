import sharp from 'sharp';
import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { Pictures } from '#src/app/ports/services.ts';

/** Zalo takes 1 MB, Telegram 10 MB and 10,000 pixels of width and height together: one picture that both take. */
const MAX_BYTES = 1_000_000;
/** From the sharpest that fits down to what can still be read on a phone. */
const STEPS = [
  { sidePixels: 2_560, quality: 85 },
  { sidePixels: 2_048, quality: 80 },
  { sidePixels: 1_600, quality: 75 },
  { sidePixels: 1_280, quality: 65 },
  { sidePixels: 1_024, quality: 50 },
] as const;
/** Telegram refuses what is more than twenty times as long as it is wide. */
const MAX_RATIO = 20;
/** A picture that claims to be larger is not opened: it would fill the memory. */
const MAX_INPUT_PIXELS = 120_000_000;

/** Photos as both platforms take them: upright, without EXIF (place and device), JPEG, as sharp as fits. */
export const pictures: Pictures = {
  async fitPhoto(file) {
    try {
      return await fitted(file);
    } catch {
      // Not a picture, or one that is broken: sharp says so by throwing, whatever the file claims to be.
      return null;
    }
  },
};

async function fitted(file: FetchedFile): Promise<FetchedFile | null> {
  const source = sharp(file.bytes, { limitInputPixels: MAX_INPUT_PIXELS });
  const { width, height } = await source.metadata();
  if (Math.max(width / height, height / width) > MAX_RATIO) return null;
  for (const { sidePixels, quality } of STEPS) {
    const bytes = await source
      .clone()
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize({ width: sidePixels, height: sidePixels, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer();
    if (bytes.byteLength <= MAX_BYTES) return { bytes, contentType: 'image/jpeg' };
  }
  return null;
}
