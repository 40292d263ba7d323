import {
  documentName,
  MAX_DOCUMENT_BYTES,
  nameOfDocument,
  parseLink,
} from '../../../broadcast/attachments.ts';
import { numbered } from '../../choices.ts';
import type { DraftFile, RunDraft, StepContext } from '../../types.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { MAX_PHOTOS } from './words-step.ts';

/** What goes out beside the words; reached under "Sửa". Elsewhere a document is read for its words. */
export const attachStep: ComposeStepHandler = {
  isNeeded: () => false,
  ask: ({ draft }, context) => ({
    key: 'compose.attach.ask',
    params: { now: attachedWords(draft, context) },
    choices: numbered(
      context,
      ['done', ...attached(draft)].map((value) => ({
        value,
        label: { key: `compose.attach.choice.${value}` },
      })),
    ),
  }),
  choose({ draft }, value) {
    switch (value) {
      case 'done':
        return { kind: 'next', draft };
      case 'photos':
        return more({ ...draft, photos: [] });
      case 'document':
        return more({ ...draft, document: null });
      case 'link':
        return more({ ...draft, link: null });
      default:
        return again();
    }
  },
  text({ draft }, words) {
    const link = parseLink(words);
    return link === null ? again('compose.attach.unclear') : more({ ...draft, link });
  },
  file({ draft, albumId: album }, { file, albumId }) {
    if (file.kind === 'photo') {
      const photos = [...draft.photos, file].slice(0, MAX_PHOTOS);
      const given = { draft: { ...draft, photos }, albumId };
      return albumId !== null && albumId === album
        ? { kind: 'quiet', ...given }
        : { kind: 'go', step: 'attach', ...given };
    }
    if (file.kind !== 'document' || documentName(file.name ?? '') === null)
      return again('compose.attach.otherFile');
    if ((file.sizeBytes ?? 0) > MAX_DOCUMENT_BYTES) return again('compose.attach.tooBig');
    return more({ ...draft, document: file });
  },
};

const more = (draft: RunDraft): ComposeAnswer => ({ kind: 'go', step: 'attach', draft });

const attached = ({ photos, document, link }: RunDraft): readonly string[] => [
  ...(photos.length > 0 ? ['photos'] : []),
  ...(document ? ['document'] : []),
  ...(link ? ['link'] : []),
];

function attachedWords(draft: RunDraft, { text }: StepContext): string {
  const { photos, document, link } = draft;
  const params = { count: photos.length, name: document ? nameOf(document) : '', link: link ?? '' };
  const words = attached(draft).map((what) => text({ key: `compose.attach.now.${what}`, params }));
  return words.length === 0 ? text({ key: 'compose.attach.now.nothing' }) : words.join(', ');
}

const nameOf = (file: DraftFile): string =>
  file.kind === 'kept' ? nameOfDocument(file.id) : (file.name ?? '');
