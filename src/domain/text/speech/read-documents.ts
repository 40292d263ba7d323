import { digitsInWords, numberInWords } from './numbers.ts';
import { alternatives, endsWith, type Found, type Reader } from './scan.ts';
import type { SpeechWords } from './speech-words.ts';

const SAID_NUMBER = /(?<!\p{L})số\s*:?\s*$/iu;
/** "157/NQ-HĐND ngày 30/01/2024 của HĐND thành phố": who issued it is said there. */
const ISSUER_FOLLOWS = /^(?:,?\s+(?:ngày\s+)?[\d/.-]+)?,?\s+của(?!\p{L})/iu;
/** 10/2022/QH15, 03/2016/UBTVQH13: the term of the National Assembly stands in the code. */
const ASSEMBLY = /^(QH|UBTVQH)(\d{1,2})$/u;
const FIRST_YEAR = 1945;

/** Numbers of documents: 157/NQ-HĐND, 45/2023/NĐ-CP, 10/2022/QH15, 217-QĐ/TW, Nghị định 59/2023. */
export function documentReaders(words: SpeechWords): readonly Reader[] {
  const kinds = alternatives([...words.documents.keys(), ...words.documents.values()]);
  const afterKind = new RegExp(`(?<!\\p{L})(?:${kinds})(?:\\s+số)?\\s*:?\\s*$`, 'iu');

  const say = (found: Found, number: string, inYear: string | undefined, codes: readonly string[]) => {
    const hasNumber = endsWith(found.before, SAID_NUMBER);
    const kind = codes.map((code) => words.documents.get(code)).find((one) => one !== undefined);
    const issuer = ISSUER_FOLLOWS.test(found.after) ? undefined : issuerOf(codes, words);
    const [, digits = '', letter = ''] = /^(\d+)(\p{L}?)$/u.exec(number) ?? [];
    return [
      hasNumber || endsWith(found.before, afterKind) ? undefined : kind,
      hasNumber ? undefined : words.word.number,
      digitsInWords(digits, words),
      words.letters.get(letter.toLowerCase()),
      inYear === undefined ? undefined : `${words.word.year} ${digitsInWords(inYear, words)}`,
      issuer === undefined ? undefined : `${words.word.of} ${issuer}`,
    ]
      .filter((one) => one !== undefined)
      .join(' ');
  };

  return [
    {
      pattern:
        /(?<![\d\p{L}/.,])(\d+[A-Za-zđĐ]?)(?:\/(\d{4}))?\s?[-/]\s?(\p{Lu}\p{L}*\d*(?:[-/]\p{Lu}\p{L}*\d*)*)(?![\p{L}\d])/uy,
      say(found) {
        const [, number = '', inYear, code = ''] = found.groups;
        const codes = code.split(/[-/]/u);
        const isKnown = codes.some((one) => words.documents.has(one) || issuerOf([one], words) !== undefined);
        return isKnown ? say(found, number, inYear, codes) : null;
      },
    },
    {
      pattern: /(?<![\d\p{L}/.,])(\d{1,4})\/(\d{4})(?![\d/])/uy,
      say(found) {
        const [, number = '', inYear = ''] = found.groups;
        const isDocument = endsWith(found.before, SAID_NUMBER) || endsWith(found.before, afterKind);
        return isDocument && Number(inYear) >= FIRST_YEAR ? say(found, number, inYear, []) : null;
      },
    },
  ];
}

function issuerOf(codes: readonly string[], words: SpeechWords): string | undefined {
  for (const code of codes) {
    const [, assembly, term] = ASSEMBLY.exec(code) ?? [];
    const known = words.issuers.get(assembly ?? code);
    if (known === undefined) continue;
    return term === undefined ? known : `${known} ${words.word.term} ${numberInWords(Number(term), words)}`;
  }
  return undefined;
}
