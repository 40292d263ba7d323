/** Words that somebody typed, to stand before a full stop of our own. */
export const withoutFullStop = (words: string): string => words.replace(/[\s.]+$/u, '');
