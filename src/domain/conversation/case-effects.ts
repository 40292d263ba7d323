import type { EntryWay, Rating } from '../case.ts';
import type { Correction } from '../cases/acts.ts';
import type { RemoteFile } from '../inbound.ts';
import type { LocalDate } from '../plan.ts';
import type { CaseDraft } from './drafts.ts';
import type { CaseFormValues, FormAct } from './flows/case-form-state.ts';

/** A signed paper as an officer writes it down. */
export interface LetterDraft {
  readonly legalKind: 'complaint' | 'petition';
  readonly receivedOn: LocalDate;
  readonly number: string | null;
  /** Of a petition; a complaint goes by its law alone. */
  readonly categoryId: string | null;
  readonly text: string;
  readonly senderName: string;
  readonly phone: string | null;
  readonly files: readonly RemoteFile[];
}

/** What the steps around cases ask the world to do. */
export type CaseEffect =
  /** `consent`: the version of the text that was agreed to; none in one of an older release. */
  | {
      readonly kind: 'create-case';
      readonly draft: CaseDraft;
      readonly consent?: string;
      readonly isAnonymous?: true;
      /** An officer wrote it down. */
      readonly entered?: EntryWay;
    }
  | { readonly kind: 'list-cases' }
  /** What an officer does with a case. */
  | {
      readonly kind: 'case-act';
      readonly caseId: string;
      readonly act: FormAct | 'take' | 'close';
      readonly values: CaseFormValues;
    }
  | {
      readonly kind: 'case-view';
      readonly caseId: string;
      readonly view: 'card' | 'history' | 'deadline' | 'colleagues';
    }
  /** What a resident says of one of their cases. */
  | {
      readonly kind: 'resident-act';
      readonly caseId: string;
      readonly act: 'reply' | 'add' | 'dispute' | 'withdraw' | 'rate';
      readonly words: string;
      readonly files: readonly RemoteFile[];
      readonly rating?: Exclude<Rating, 'unsatisfied'>;
    }
  | { readonly kind: 'my-case'; readonly caseId: string; readonly view: 'detail' | 'deadline' }
  | { readonly kind: 'correct-case'; readonly caseId: string; readonly to: Correction }
  | { readonly kind: 'record-letter'; readonly letter: LetterDraft }
  /** Its words stay on paper: only its term is kept, and that under lock. */
  | {
      readonly kind: 'record-denunciation';
      readonly stage: 'received' | 'accepted';
      /** On which it was received or accepted. */
      readonly day: LocalDate;
      readonly number: string | null;
      /** Units that it is about. */
      readonly accused: readonly string[];
    };
