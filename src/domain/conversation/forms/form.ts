import type { RemoteFile } from '../../inbound.ts';
import type { LocalDate } from '../../plan.ts';
import type { Option } from '../choices.ts';
import type { Effect, StepContext } from '../types.ts';
import type { About, Answers, PlaceAnswer } from './answers.ts';

interface AnyStep {
  /** May be skipped. */
  readonly optional?: true;
  /** Asked only where this holds. */
  readonly when?: (answers: Answers, context: StepContext) => boolean;
}

/** What can be chosen, as the answers before it are. */
type Options = (context: StepContext, about: About, answers: Answers) => readonly Option[];

/** What can be asked. Each kind is read, asked and summed up in one place (`read-answer`, `ask-step`, `present-answer`). */
export type Step = AnyStep &
  (
    | { readonly kind: 'choice'; readonly options: Options }
    /** Several of them: "1, 3", or one after the other. */
    | { readonly kind: 'choices'; readonly options: Options }
    | { readonly kind: 'text'; readonly maxLength: number }
    /** How many, from 0. What else can be chosen is worded: a number would be an answer itself. */
    | { readonly kind: 'count'; readonly most: number }
    | { readonly kind: 'photos'; readonly most: number }
    | { readonly kind: 'place' }
    | { readonly kind: 'phone' }
    | { readonly kind: 'date'; readonly range: 'to-today' | 'from-today' | 'from-tomorrow' }
    | { readonly kind: 'yes-no' }
    /** Typed, since names such as "Khu 5" are numbers themselves; the empty string is the whole ward. */
    | { readonly kind: 'neighbourhood' }
  );

export type Steps = Readonly<Record<string, Step>>;

interface AnswerByKind {
  readonly choice: string;
  readonly choices: readonly string[];
  readonly text: string;
  readonly count: number;
  readonly photos: readonly RemoteFile[];
  readonly place: PlaceAnswer;
  readonly phone: string;
  readonly date: LocalDate;
  readonly 'yes-no': boolean;
  readonly neighbourhood: string;
}

type AnswerTo<S extends Step> = S extends { readonly optional: true } | { readonly when: unknown }
  ? AnswerByKind[S['kind']] | null
  : AnswerByKind[S['kind']];

export type AnswersTo<S extends Steps> = { readonly [K in keyof S]: AnswerTo<S[K]> };

/**
 * A form is this declaration and its texts: under `form.<name>` stand `ask.<step>`, `again.<step>` for an answer that cannot be
 * read, `cancelled`, and where it is reviewed `label.<step>`, `summary` and `send`. Steps are asked in the order in which they stand.
 */
export interface Declaration<S extends Steps> {
  /** Never used again for another form: it stands in conversations. */
  readonly name: string;
  /** Raised with each change of the steps: whoever is in the middle keeps the answers that still have a step. */
  readonly version: number;
  readonly steps: S;
  /** Shown once more before it ends, with each answer to be changed. */
  readonly isReviewed: boolean;
  /** What the questions and the summary name of what the form is about. */
  readonly textParams?: (about: About) => Readonly<Record<string, string>>;
  /** Somebody of staff is chosen in it: `people` of the context is there while it is filled in. */
  readonly choosesPeople?: true;
  /** Who may fill it in; asked again with each answer. */
  readonly mayFill: (context: StepContext) => boolean;
  /** Looked at when all is answered: answers that do not go together, with the words for it and the step that is put again. */
  readonly check?: (answers: AnswersTo<S>, context: StepContext) => Refusal | null;
  readonly finish: (answers: AnswersTo<S>, about: About) => readonly Effect[];
}

export interface Refusal {
  readonly step: string;
  /** Of `locales/`. */
  readonly key: string;
}

export type Form = Omit<Declaration<Steps>, 'check' | 'finish'> & {
  readonly check?: (answers: Answers, context: StepContext) => Refusal | null;
  readonly finish: (answers: Answers, about: About) => readonly Effect[];
};

/** Checks the steps against what `finish` makes of them. */
export function declareForm<const S extends Steps>(declaration: Declaration<S>): Form {
  const { check, finish, ...rest } = declaration;
  // The flow ends a form only when each step that is asked has an answer of its kind.
  return {
    ...rest,
    ...(check && { check: (answers, context) => check(answers as AnswersTo<S>, context) }),
    finish: (answers, about) => finish(answers as AnswersTo<S>, about),
  };
}
