const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const AFTER_TENS: Readonly<Record<string, number>> = { mốt: 1, tư: 4, lăm: 5 };
const SCALES: Readonly<Record<string, number>> = { nghìn: 1_000, triệu: 1_000_000 };

/**
 * Understands a number said in words, by the grammar and not by the code under test: a person who listens. Throws at a
 * word that cannot follow the one before.
 */
export function heardNumber(words: string): number {
  const [billions, rest] = words.includes('tỷ')
    ? [words.slice(0, words.indexOf('tỷ')), words.slice(words.indexOf('tỷ') + 2)]
    : ['', words];
  const head = billions.trim() === '' ? 0 : belowBillion(billions.trim().split(' '));
  const tail = rest.trim() === '' ? 0 : belowBillion(rest.trim().split(' '));
  return head * 1_000_000_000 + tail;
}

function belowBillion(words: readonly string[]): number {
  let sum = 0;
  let group: string[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const scale = SCALES[word];
    if (scale === undefined) group.push(word);
    else {
      if (scale >= last || group.length === 0) throw new Error(`${word} cannot stand there`);
      sum += belowThousand(group) * scale;
      group = [];
      last = scale;
    }
  }
  return sum + (group.length > 0 ? belowThousand(group) : 0);
}

function belowThousand(words: readonly string[]): number {
  const at = words.indexOf('trăm');
  const hundreds = at < 0 ? 0 : digit(words[at - 1]);
  if (at > 1) throw new Error('one digit before trăm');
  const rest = words.slice(at + 1);
  if (rest[0] === 'linh') {
    if (at < 0 || rest.length !== 2) throw new Error('linh stands between hundreds and one digit');
    return hundreds * 100 + digit(rest[1]);
  }
  return hundreds * 100 + belowHundred(rest);
}

function belowHundred(words: readonly string[]): number {
  const [first, second, third] = words;
  if (first === undefined) return 0;
  if (first === 'mười') return 10 + (second === undefined ? 0 : second === 'lăm' ? 5 : teen(second));
  if (second === 'mươi') return digit(first) * 10 + (third === undefined ? 0 : unit(third));
  if (words.length > 1) throw new Error(`${words.join(' ')} is no number`);
  return digit(first);
}

function digit(word: string | undefined): number {
  const value = DIGITS.indexOf(word ?? '');
  if (value < 0) throw new Error(`${String(word)} is no digit`);
  return value;
}

function teen(word: string): number {
  if (word === 'năm') throw new Error('mười lăm');
  return digit(word);
}

function unit(word: string): number {
  const value = AFTER_TENS[word];
  if (value === undefined && ['một', 'bốn', 'năm', 'không'].includes(word))
    throw new Error(`${word} does not follow mươi`);
  return value ?? digit(word);
}
