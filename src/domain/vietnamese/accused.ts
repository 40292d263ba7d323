import type { Unit } from '../plan.ts';
import { fold } from './fold.ts';

/** What a unit is called beside its name. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  chairperson: ['chu tich', 'lanh dao phuong'],
  'peoples-committee': ['pho chu tich', 'lanh dao phuong'],
  'one-stop': ['mot cua'],
};
/** Stands before the name of many units and says nothing. */
const GENERIC = /^(bo phan|phong|ban|trung tam|cac|uy ban nhan dan phuong|uy ban) /u;

/**
 * The units that the words may be about. Read widely: whoever is named among them does not get to read the words, and one
 * reader too few is less harm than the accused.
 */
export function accusedUnits(words: string, units: readonly Unit[]): readonly string[] {
  const key = keyOf(words);
  return units.filter((unit) => namesOf(unit).some((name) => key.includes(` ${name} `))).map(({ id }) => id);
}

const keyOf = (words: string): string =>
  ` ${fold(words)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

function namesOf({ id, name, renamed }: Unit): readonly string[] {
  const names = [name, ...renamed.map((later) => later.name)].flatMap((one) => one.split(/[–,]| và /u));
  const parts = names.map((one) => keyOf(one).trim().replace(GENERIC, ''));
  return [...parts.filter((part) => part.length > 3), ...(ALSO_CALLED[id] ?? [])];
}
