import type { CaseDraft } from './drafts.ts';

/** What a resident's own steps ask the world to do, beside sending a case. */
export type ResidentEffect =
  /** Never stored: the words are sealed under their own key before the step is committed, and become `keep-locked`. */
  | { readonly kind: 'lock-words'; readonly lockedId: string; readonly draft: CaseDraft }
  | { readonly kind: 'keep-locked'; readonly lockedId: string; readonly sealed: string | null }
  /** It was no denunciation. */
  | { readonly kind: 'forget-locked'; readonly lockedId: string }
  | { readonly kind: 'list-locked' }
  | { readonly kind: 'open-locked'; readonly handle: string }
  | { readonly kind: 'my-data'; readonly action: 'view' | 'download' | 'withdraw' | 'erase' }
  | { readonly kind: 'follow-case'; readonly caseId: string; readonly intoId: string }
  | { readonly kind: 'correct-phone'; readonly phone: string }
  /** A form to fill in and sign by hand. */
  | { readonly kind: 'send-letter'; readonly letter: BlankLetterKind };

export type BlankLetterKind = 'complaint' | 'denunciation';
