import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

/** A server has no fonts: this one comes from a package and has every letter of Vietnamese. */
const FILES = {
  'Be Vietnam Pro': '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  'Be Vietnam Pro Bold': '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
} as const;
export const REGULAR: keyof typeof FILES = 'Be Vietnam Pro';
export const BOLD: keyof typeof FILES = 'Be Vietnam Pro Bold';

/** Registers the fonts of the pages, once a process. Throws where a file is missing: boxes must never be printed. */
export function loadFonts(): void {
  const { resolve } = createRequire(import.meta.url);
  for (const [family, file] of Object.entries(FILES)) {
    if (!GlobalFonts.has(family) && GlobalFonts.registerFromPath(resolve(file), family) === null)
      throw new Error(`font ${family} could not be loaded`);
  }
}
