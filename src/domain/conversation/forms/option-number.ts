/** Values and numbers of what stands below every question of its kind. */
export const SKIP = '$skip';
export const DONE = '$done';
export const ASIDE_NUMBER = '8';

/** Of an option, from 0: "8" goes on without more, "9" is always Quay lại. */
export const optionNumber = (index: number): string => String(index < 7 ? index + 1 : index + 3);
