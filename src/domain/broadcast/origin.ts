import type { PostSummary, TextRef } from '../conversation/types.ts';
import type { LocalDate, Plan } from '../plan.ts';
import type { Origin } from '../run.ts';

export const NO_ORIGIN: Origin = {
  sources: [],
  validFrom: null,
  validTo: null,
  owner: null,
  supersedes: null,
};

/** What the file of a post of the library says. */
export function libraryOrigin({ sources, validFrom, validTo, owner }: PostSummary): Origin {
  return {
    sources: sources ?? [],
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    owner: owner ?? null,
    supersedes: null,
  };
}

/** In one line each of what is known; begins with a line break, empty where nothing is. */
export function originWords(
  text: (ref: TextRef) => string,
  origin: Origin,
  { plan, posts }: { readonly plan: Plan; readonly posts: readonly PostSummary[] },
): string {
  const { sources, validFrom, validTo, owner, supersedes } = origin;
  const say = (name: string, params: Readonly<Record<string, string>>): string =>
    text({ key: `broadcast.origin.${name}`, params });
  const unit = plan.units.find((one) => one.id === owner)?.name ?? owner ?? '';
  const replaced = posts.find((one) => one.id === supersedes)?.title ?? supersedes ?? '';
  const from = validFrom === null ? '' : dateWords(validFrom);
  const to = validTo === null ? '' : dateWords(validTo);
  const days = from === '' ? (to === '' ? null : 'to') : to === '' ? 'from' : 'days';
  return [
    ...(sources.length > 0 ? [say('sources', { sources: sources.join('; ') })] : []),
    ...(days === null ? [] : [say(days, { from, to })]),
    ...(owner === null ? [] : [say('owner', { owner: unit })]),
    ...(supersedes === null ? [] : [say('supersedes', { title: replaced })]),
  ]
    .map((line) => `\n${line}`)
    .join('');
}

/** "13/3/2024". */
export function dateWords(date: LocalDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return [String(Number(day)), String(Number(month)), year].join('/');
}
