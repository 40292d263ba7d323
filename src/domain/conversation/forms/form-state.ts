import type { About, Answers } from './answers.ts';

export interface FormState {
  readonly name: 'form';
  /** Of the engine; the form's own stands in `formVersion`. */
  readonly version: 1;
  readonly form: string;
  readonly formVersion: number;
  /** The step that is asked, or one of the two below. */
  readonly step: string;
  readonly answers: Answers;
  readonly about: About;
  /** One answer is changed from the summary. */
  readonly isEditing: boolean;
  readonly askedAtMs: number;
  /** Somebody was reminded of it. */
  readonly isNudged?: true;
}

export const SUMMARY = '$summary';
export const EDIT = '$edit';
