import type { TextRef } from '../conversation/types.ts';

/** What residents wrote to the ward in one group, oldest first, phone numbers already taken out. */
export interface GroupQuestions {
  readonly title: string;
  readonly questions: readonly string[];
}

/** One message on either platform: Zalo takes 2,000 characters. */
const MOST_CHARS = 1_900;
/** From the fullest to the shortest form: how many of a group, and how much of each. */
const FORMS = [
  [Infinity, 300],
  [10, 200],
  [5, 120],
  [3, 80],
  [1, 60],
  [1, 25],
] as const;

/**
 * The questions of all groups in one message: as full as it may be, shorter rather than with a group left out. What does not
 * fit is counted.
 */
export function questionList(
  text: (ref: TextRef) => string,
  until: { readonly time: string; readonly date: string },
  groups: readonly GroupQuestions[],
): string {
  const count = groups.reduce((sum, { questions }) => sum + questions.length, 0);
  const head = text({ key: 'group.questions.head', params: { ...until, count } });
  const forms = FORMS.map(([perGroup, chars]) =>
    [head, ...groups.map((group) => block(text, group, perGroup, chars))].join('\n\n'),
  );
  const shortest = forms.at(-1) ?? head;
  return forms.find((form) => form.length <= MOST_CHARS) ?? cut(text, shortest);
}

function block(
  text: (ref: TextRef) => string,
  { title, questions }: GroupQuestions,
  perGroup: number,
  chars: number,
): string {
  const left = questions.length - perGroup;
  return [
    text({ key: 'group.questions.group', params: { title } }),
    ...questions.slice(0, perGroup).map((words) => `– ${shortened(words, chars)}`),
    ...(left > 0 ? [text({ key: 'group.questions.more', params: { count: left } })] : []),
  ].join('\n');
}

function shortened(words: string, chars: number): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  return line.length <= chars
    ? line
    : `${line
        .slice(0, chars - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/** More groups than one message holds: the first ones, and the word that there are others. */
function cut(text: (ref: TextRef) => string, list: string): string {
  const rest = text({ key: 'group.questions.rest' });
  const kept = list.slice(0, MOST_CHARS - rest.length - 2);
  return `${kept.slice(0, kept.lastIndexOf('\n\n'))}\n\n${rest}`;
}
