import { fold, tidy } from '../../vietnamese/fold.ts';
import { findPhone, withoutPhone } from '../../vietnamese/phone.ts';
import { findMapLink, namesPlace, soundsLikePlace } from '../../vietnamese/place.ts';
import type { CaseDraft, Input, StepContext, TextRef } from '../types.ts';
import { lawfulStepOf } from './lawful-forms.ts';
import type { ReportState } from './report-state.ts';

export type Absorbed =
  | { readonly kind: 'taken'; readonly state: ReportState; readonly say?: TextRef }
  /** Kept, but the question stands: nothing that was sent is lost. */
  | { readonly kind: 'unclear'; readonly state: ReportState; readonly say: TextRef };

const join = (before: string, more: string): string => (before === '' ? more : `${before}\n${more}`);

/** Puts whatever came into the draft, in any order, and says so where a kind word is due. */
export function absorb(state: ReportState, input: Input, context: StepContext): Absorbed {
  const { draft } = state;
  switch (input.kind) {
    case 'text':
      return absorbText(state, input.text, context);
    case 'file':
      return absorbFile(state, input, context);
    case 'location':
      return taken(state, { ...draft, location: { latitude: input.latitude, longitude: input.longitude } });
    case 'contact': {
      const phone = findPhone(input.phone) ?? input.phone;
      return {
        kind: 'taken',
        state: { ...state, draft: { ...draft, phone }, settled: [...state.settled, 'phone'] },
      };
    }
    case 'choice':
    case 'stale-tap':
    case 'sticker':
      return { kind: 'taken', state };
  }
}

const taken = (state: ReportState, draft: CaseDraft): Absorbed => ({
  kind: 'taken',
  state: { ...state, draft, editing: false },
});

function absorbText(state: ReportState, words: string, context: StepContext): Absorbed {
  const { draft } = state;
  if (lawfulStepOf(state, words) !== null) return absorbWords(state, words, context);
  switch (state.step) {
    case 'way':
    case 'what':
    case 'summary':
    case 'edit':
    case 'denunciation':
    case 'complaint':
      return absorbWords(state, words, context);
    case 'place':
      return isStillTelling(state, words, context)
        ? { ...absorbWords(state, words, context), say: { key: 'report.addedWords' } }
        : taken(state, { ...draft, placeText: words });
    case 'phone': {
      const phone = findPhone(words);
      if (phone) return taken({ ...state, settled: [...state.settled, 'phone'] }, { ...draft, phone });
      if (/\d{6,}/u.test(words.replace(/\D/gu, '')))
        return { kind: 'unclear', state, say: { key: 'report.phoneUnclear' } };
      return {
        kind: 'unclear',
        state: { ...state, draft: { ...draft, text: join(draft.text, words) } },
        say: { key: 'report.addedWords' },
      };
    }
    case 'behalf':
      return absorbBehalf(state, words);
    case 'category': {
      const categoryId = findByLabel(words, context) ?? OTHER;
      const text = categoryId === OTHER ? join(draft.text, words) : draft.text;
      return taken({ ...state, settled: [...state.settled, 'category'] }, { ...draft, text, categoryId });
    }
  }
}

/** The plan's catch-all; a plan without one falls back to its last category. */
export const OTHER = 'other';

const findByLabel = (words: string, context: StepContext): string | null =>
  context.plan.categories.find((category) => fold(category.label) === fold(words))?.id ??
  context.likely(words)[0]?.categoryId ??
  null;

const LONGEST_NAME = 100;

/** "Bà Tư, 0912 345 678": the number is theirs, too. */
function absorbBehalf(state: ReportState, words: string): Absorbed {
  const behalfOf = withoutPhone(words).slice(0, LONGEST_NAME);
  if (behalfOf === '') return { kind: 'unclear', state, say: { key: 'report.behalfUnclear' } };
  const draft = { ...state.draft, behalfOf, phone: findPhone(words) ?? state.draft.phone };
  return taken({ ...state, step: 'summary' }, draft);
}

/** Sooner than this nobody has read the question. */
const UNREAD_MS = 5_000;
/** What belongs together comes within about a minute. */
const TELLING_MS = 60_000;

/** A second sentence of what happened, sent while the question where it was had just come: no answer to it. */
function isStillTelling({ editing, askedAtMs }: ReportState, words: string, context: StepContext): boolean {
  const sinceMs = context.nowMs - askedAtMs;
  if (editing || sinceMs >= TELLING_MS || namesPlace(words) || soundsLikePlace(words)) return false;
  return sinceMs < UNREAD_MS || context.likely(words).length > 0;
}

function absorbWords(state: ReportState, words: string, context: StepContext): Absorbed {
  const text = join(state.draft.text, tidy(words));
  const draft = withGuess({ ...state.draft, text, phone: state.draft.phone ?? findPhone(words) }, context);
  const link = findMapLink(words);
  const hasPlace = link !== null || namesPlace(words);
  const settled = hasPlace && !state.editing ? [...state.settled, 'place' as const] : state.settled;
  const next: ReportState = { ...state, draft, settled, editing: false };
  return { kind: 'taken', state: { ...next, step: lawfulStepOf(state, words) ?? next.step } };
}

/** One clear guess settles the category; the summary shows it and "Sửa" changes it. */
function withGuess(draft: CaseDraft, context: StepContext): CaseDraft {
  const best = clearGuess(draft.text, context);
  return best === null ? draft : { ...draft, categoryId: best };
}

/** Nothing else is nearly as likely as this. */
const NEARLY = 0.8;

/** The category that the words mean, where they mean one clearly. */
export function clearGuess(words: string, context: StepContext): string | null {
  const [best, second] = context.likely(words);
  if (!best || (second && second.score > best.score * NEARLY)) return null;
  return best.categoryId;
}

function absorbFile(
  state: ReportState,
  input: Extract<Input, { kind: 'file' }>,
  context: StepContext,
): Absorbed {
  const files = [...state.draft.files, input.file];
  const withFile: ReportState = { ...state, draft: { ...state.draft, files }, albumId: input.albumId };
  if (input.caption !== null && input.caption !== '') return absorbWords(withFile, input.caption, context);
  const isVoice = input.file.kind === 'voice';
  const next: ReportState = { ...withFile, editing: false };
  return isVoice
    ? {
        kind: 'taken',
        state: next,
        say: { key: state.entered === undefined ? 'report.voiceKept' : 'entry.voiceKept' },
      }
    : { kind: 'taken', state: next };
}
