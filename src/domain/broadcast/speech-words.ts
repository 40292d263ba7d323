import type { TextRef } from '../conversation/types.ts';
import {
  SPOKEN_WORDS,
  type SpeechTable,
  type SpeechWords,
  type SpokenWord,
} from '../text/speech/speech-words.ts';

/** The words of `locales/speech` as tables. Each table is one text: `UBND=Ủy ban nhân dân|TP.=thành phố`. */
export function speechWords(text: (ref: TextRef) => string): SpeechWords {
  const list = (key: string) => text({ key }).split('|');
  const table = (key: string): SpeechTable =>
    new Map(
      list(key).map((pair) => {
        const at = pair.lastIndexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
  const word = Object.fromEntries(
    SPOKEN_WORDS.map((name) => [name, text({ key: `speech.word.${name}` })]),
  ) as Record<SpokenWord, string>;
  const documents = table('speech.documents');
  return {
    digits: text({ key: 'speech.digits' }).split(' '),
    word,
    letters: table('speech.letters'),
    // "NQ 157" names the document, too. Single letters are names of people and halls.
    shortForms: new Map([
      ...[...documents].filter(([short]) => short.length > 1),
      ...table('speech.shortForms.places'),
      ...table('speech.shortForms.affairs'),
      ...table('speech.shortForms.bodies'),
    ]),
    documents,
    issuers: table('speech.issuers'),
    units: table('speech.units'),
    foreign: table('speech.foreign'),
    pairs: table('speech.pairs'),
    joined: list('speech.joined'),
    shortNumbers: list('speech.shortNumbers'),
    openings: list('speech.openings'),
    dependent: list('speech.dependent'),
  };
}
