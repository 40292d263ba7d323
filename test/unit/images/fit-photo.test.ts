import { randomBytes } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictures } from '#src/images/fit-photo.ts';

const jpeg = async (image: Sharp) => ({ bytes: await image.jpeg().toBuffer(), contentType: 'image/jpeg' });

describe('a photo for both platforms', () => {
  it('is at most 1 MB and 10,000 pixels of both sides, and still large enough to read', async () => {
    // Noise is what compresses worst.
    const [width, height] = [1_800, 1_300];
    const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
    const large = { bytes: await noise.png().toBuffer(), contentType: 'image/png' };
    expect(large.bytes.byteLength).toBeGreaterThan(6_000_000);
    const fitted = await pictures.fitPhoto(large);
    expect(fitted?.contentType).toBe('image/jpeg');
    expect(fitted?.bytes.byteLength).toBeLessThanOrEqual(1_000_000);
    const shown = await sharp(fitted?.bytes).metadata();
    expect(shown.width).toBeGreaterThanOrEqual(1_024);
    expect(shown.width + shown.height).toBeLessThanOrEqual(10_000);
  });

  it('stands upright and says nothing of where and with what it was taken', async () => {
    const sideways = sharp({ create: { width: 80, height: 40, channels: 3, background: '#336699' } })
      .withExif({ IFD0: { Model: 'A phone', Copyright: 'Somebody' } })
      .withMetadata({ orientation: 6 });
    const photo = await jpeg(sideways);
    expect((await sharp(photo.bytes).metadata()).exif).toBeDefined();
    const fitted = await pictures.fitPhoto(photo);
    const shown = await sharp(fitted?.bytes).metadata();
    expect(shown).toMatchObject({ width: 40, height: 80 });
    expect([shown.exif, shown.xmp, shown.iptc]).toEqual([undefined, undefined, undefined]);
  });

  it('is the same bytes when it is made twice, and never enlarged', async () => {
    const photo = await jpeg(sharp({ create: { width: 60, height: 60, channels: 3, background: 'red' } }));
    const [one, two] = await Promise.all([pictures.fitPhoto(photo), pictures.fitPhoto(photo)]);
    expect(one).toEqual(two);
    expect(await sharp(one?.bytes).metadata()).toMatchObject({ width: 60, height: 60 });
  });

  it('is nothing where the file is no picture, or one that no platform takes', async () => {
    expect(await pictures.fitPhoto({ bytes: Buffer.from('%PDF-1.4'), contentType: 'image/jpeg' })).toBeNull();
    const strip = sharp({ create: { width: 2_100, height: 100, channels: 3, background: 'red' } });
    expect(await pictures.fitPhoto(await jpeg(strip))).toBeNull();
  });
});
