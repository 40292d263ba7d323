import { numbered } from '../../choices.ts';
import { again, type ComposeStepHandler } from './step.ts';
import { isPostLike } from './topic-step.ts';
import { MAX_PHOTOS, withWords } from './words-step.ts';

/** Something that an editor sent, perhaps forwarded: one answer makes a post of it. */
export const offerStep: ComposeStepHandler = {
  isNeeded: () => false,
  ask: (_, context) => ({
    key: 'compose.offer.ask',
    choices: numbered(context, [{ value: 'compose', label: { key: 'compose.offer.yes' } }]),
    cancelLabel: { key: 'compose.offer.no' },
  }),
  choose: ({ document, draft }) =>
    document === null
      ? { kind: 'next', draft }
      : { kind: 'read', file: document, step: 'topic', editing: false },
  // Words after the photo, or after other words: the newest are meant.
  text: ({ draft }, words) =>
    isPostLike(words) ? { kind: 'go', step: 'offer', draft: withWords(draft, words) } : again(),
  file({ draft, albumId }, input) {
    if (input.file.kind !== 'photo') return again('compose.offer.onlyOne');
    const photos = [...draft.photos, input.file].slice(0, MAX_PHOTOS);
    const caption = input.markedCaption ?? input.caption ?? '';
    const shown = { ...draft, photos };
    const next = { draft: caption === '' ? shown : withWords(shown, caption), albumId: input.albumId };
    return input.albumId !== null && input.albumId === albumId
      ? { kind: 'quiet', ...next }
      : { kind: 'go', step: 'offer', ...next };
  },
};
