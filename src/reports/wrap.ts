import type { SKRSContext2D } from '@napi-rs/canvas';

/** Lines no wider than this in the font that is set; a longer word, such as an address, is broken. */
export function wrap(context: SKRSContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (words: string): boolean => context.measureText(words).width <= width;
  for (const word of text.split(' ').flatMap((one) => (fits(one) ? [one] : broken(one, fits)))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && !fits(longer)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function broken(word: string, fits: (words: string) => boolean): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && !fits(piece + letter)) {
      pieces.push(piece);
      piece = letter;
    } else piece += letter;
  }
  return [...pieces, piece];
}
