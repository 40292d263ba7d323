import { parseMarks } from '../../../text/formatted-text.ts';
import type { RemoteFile } from '../../../inbound.ts';
import type { RunDraft } from '../../types.ts';
import type { ComposeState } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler, type FileInput } from './step.ts';

const MAX_TITLE_LENGTH = 80;
/** An album of Telegram holds no more. */
export const MAX_PHOTOS = 10;

export const wordsStep: ComposeStepHandler = {
  isNeeded: (draft) => draft.body === '',
  ask: () => ({ key: 'compose.askWords', choices: [] }),
  choose: () => again(),
  text: ({ draft }, words) => (words === '' ? again() : { kind: 'next', draft: withWords(draft, words) }),
  file: takeFile,
};

/** Photos with their words, in one message or in several, in any order, at any step. */
export function takeFile(state: ComposeState, input: FileInput): ComposeAnswer {
  const { file, albumId } = input;
  const caption = input.markedCaption ?? input.caption;
  if (file.kind === 'document') return readDocument(state, file);
  if (file.kind !== 'photo') return again('compose.wordsOnly');
  const isSameAlbum = albumId !== null && albumId === state.albumId;
  const photos = [...state.draft.photos, file].slice(0, MAX_PHOTOS);
  const shown = { ...state.draft, photos };
  if (isSameAlbum && (caption ?? '') === '') return { kind: 'quiet', draft: shown };
  const draft = (caption ?? '') === '' ? shown : withWords(shown, caption ?? '');
  const given = { draft, albumId };
  if (state.step === 'topic') return { kind: 'go', step: 'topic', key: 'compose.keptAskTopic', ...given };
  if (draft.body === '') return { kind: 'go', step: 'words', key: 'compose.photoAskWords', ...given };
  switch (state.step) {
    case 'preview':
    case 'edit':
      return { kind: 'go', step: 'preview', ...given };
    case 'post':
    case 'words':
      return { kind: 'next', ...given };
    default:
      return { kind: 'go', step: state.step, ...given };
  }
}

/** The words go where words are taken; on the way from the preview they take the place of the old ones. */
function readDocument({ step, editing }: ComposeState, file: RemoteFile): ComposeAnswer {
  const takesWords = step === 'topic' || step === 'post' || step === 'words';
  if (takesWords) return { kind: 'read', file, step, editing };
  return { kind: 'read', file, step: 'words', editing: editing || step === 'preview' || step === 'edit' };
}

/** Words of one's own are no longer the post of the library, even where they began as it. */
export function withWords(draft: RunDraft, words: string): RunDraft {
  // "Names nobody" was said of other words; who is named and agreed stays named.
  const consent = draft.consent?.kind === 'names-nobody' ? null : (draft.consent ?? null);
  return { ...draft, postId: null, title: titleOf(parseMarks(words).text), body: words, consent };
}

/** The first line, cut between words: always the beginning of the body, so that it is never printed twice. */
function titleOf(words: string): string {
  const [line = ''] = words.trimStart().split('\n');
  if (line.length <= MAX_TITLE_LENGTH) return line.trimEnd();
  const cut = line.slice(0, MAX_TITLE_LENGTH + 1);
  const space = cut.lastIndexOf(' ');
  const whole = space > 0 ? cut.slice(0, space) : line.slice(0, MAX_TITLE_LENGTH);
  // Half of a surrogate pair is no letter.
  return whole.replace(/[\uD800-\uDBFF]$/u, '').trimEnd();
}
