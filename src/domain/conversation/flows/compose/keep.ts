import type { Effect } from '../../types.ts';
import type { ComposeState } from '../broadcast-state.ts';

/** Said at any step of the form, with or without tone marks. */
const KEEP_WORDS: ReadonlySet<string> = new Set(['luu nhap', 'luu lai', 'de sau']);

export const isKeepWord = (folded: string): boolean => KEEP_WORDS.has(folded);

/** Is there anything to lay aside, and may it be? What waits approved for its hour is not taken back by a half-made change. */
export function mayKeep({ draft, takenUp }: ComposeState): boolean {
  return (draft.body !== '' || draft.photos.length > 0) && (takenUp?.mayKeep ?? true);
}

/** The post as it stands becomes a draft, which its author finds again. */
export function keepEffect({ draft, takenUp }: ComposeState): Effect {
  return { kind: 'save-draft', draft, ...(takenUp ? { takenUp: takenUp.id } : {}) };
}
