import type { CaseState } from '../../cases/states.ts';
import type { RemoteFile } from '../../inbound.ts';
import type { LocalDate } from '../../plan.ts';

export type FormAct =
  | 'say'
  | 'ask'
  | 'propose'
  | 'hand-over'
  | 'wait-outside'
  | 'extend'
  | 'accept'
  | 'complex'
  | 'transfer'
  | 'refuse'
  | 'merge'
  | 'reopen';

export type CaseField = 'words' | 'evidence' | 'body' | 'day' | 'days' | 'ground' | 'code';

/** What an officer has filled in; the fields of an act are in `case-form-fields.ts`. */
export interface CaseFormValues {
  readonly words?: string;
  readonly evidence?:
    | { readonly kind: 'photo'; readonly file: RemoteFile }
    | { readonly kind: 'document'; readonly number: string; readonly date: LocalDate | null };
  readonly body?: string;
  readonly day?: LocalDate;
  readonly days?: number;
  /** The id of a ground of the plan. */
  readonly ground?: string;
  readonly code?: string;
  /** `staff:<id>` or `unit:<id>`. */
  readonly target?: string;
}

export interface CaseFormState {
  readonly name: 'case-form';
  readonly version: 1;
  readonly caseId: string;
  readonly act: FormAct;
  /** As the card last showed it: templates are chosen by it. */
  readonly caseState: CaseState | null;
  readonly step: CaseField | 'confirm';
  readonly values: CaseFormValues;
}

/** A resident's words on one of their cases. */
export interface ResidentWordsState {
  readonly name: 'resident-words';
  readonly version: 1;
  readonly step: 'words' | 'confirm';
  readonly caseId: string;
  readonly purpose: 'reply' | 'add' | 'dispute' | 'withdraw';
  readonly words: string;
  readonly files: readonly RemoteFile[];
}
