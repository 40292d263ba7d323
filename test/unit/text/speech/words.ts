import { speechWords } from '#src/domain/broadcast/speech-words.ts';
import { toSpeech } from '#src/domain/text/speech/to-speech.ts';
import { loadTexts } from '#src/i18n/texts.ts';

const texts = await loadTexts('vi');

/** The ward's own words, as they are shipped. */
export const words = speechWords((ref) => texts.render(ref));

/** What is said of one line, without the capital and the full stop that every line gets. */
export function heard(written: string): string {
  return toSpeech(written, words).text.replace(/\.$/u, '');
}
