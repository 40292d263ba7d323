import { ENTRY_WAYS } from '../../case.ts';
import type { Choice } from '../../outbound.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { CaseDraft, StepContext, StepResult, TextRef } from '../types.ts';
import { clearGuess, OTHER } from './report-absorb.ts';
import { lawfulChoices, lawfulQuestion } from './lawful-forms.ts';
import type { ReportState, ReportStep } from './report-state.ts';

const MAX_CATEGORY_CHOICES = 3;

/** Whose words the form is filled in with decides how it asks. */
const QUESTIONS = {
  resident: {
    what: 'report.askWhat',
    sawPhoto: 'report.sawPhoto',
    place: 'report.askPlace',
    phone: 'report.askPhone',
    summary: 'report.summary',
    edit: 'report.askEdit',
    send: 'report.choice.send',
  },
  officer: {
    what: 'entry.askWhat',
    sawPhoto: 'entry.sawPhoto',
    place: 'entry.askPlace',
    phone: 'entry.askPhone',
    summary: 'entry.summary',
    edit: 'entry.askEdit',
    send: 'entry.send',
  },
} as const;

/** What is still missing, in the order in which it is asked; a form that is edited comes straight back to its summary. */
export function nextStep(state: ReportState, context: StepContext): ReportStep {
  const { draft, settled } = state;
  if (isAskedAlone(state.step)) return state.step;
  const heard =
    draft.text !== '' || draft.files.some((file) => file.kind === 'voice' || file.kind === 'video');
  if (!heard) return 'what';
  const placed = draft.placeText !== null || draft.location !== null || settled.includes('place');
  if (!placed) return 'place';
  if (draft.categoryId === null && !settled.includes('category') && isUnclear(draft, context))
    return 'category';
  if (draft.phone === null && !settled.includes('phone')) return 'phone';
  return 'summary';
}

/** Steps that only their own answer leaves. */
const isAskedAlone = (step: ReportStep): boolean =>
  step === 'denunciation' || step === 'complaint' || step === 'way' || step === 'behalf';

/** Two kinds fit about equally well: then a person is asked; with none at all, the officer sorts it. */
function isUnclear({ text }: CaseDraft, context: StepContext): boolean {
  return context.likely(text).length > 0 && clearGuess(text, context) === null;
}

/** Puts the question of the step at which the form stands. */
export function askStep(state: ReportState, context: StepContext): StepResult {
  const say = (text: TextRef, choices: readonly Choice[]): StepResult => ({
    flow: state,
    effects: [{ kind: 'say', text, choices }],
  });
  const cancel = cancelChoice(context);
  const back = backChoice(context);
  const ask = QUESTIONS[state.entered === undefined ? 'resident' : 'officer'];
  switch (state.step) {
    case 'way':
      return say({ key: 'entry.askWay' }, [
        ...numbered(
          context,
          ENTRY_WAYS.map((way) => ({ value: way, label: { key: `entry.way.${way}` } })),
        ),
        cancel,
      ]);
    case 'denunciation':
    case 'complaint':
      return say({ key: lawfulQuestion(state.step, context) }, lawfulChoices(state.step, context));
    case 'what':
      return say({ key: state.draft.files.length > 0 ? ask.sawPhoto : ask.what }, [cancel]);
    case 'place':
      return say({ key: ask.place }, [back, cancel]);
    case 'phone':
      return say({ key: ask.phone }, [
        { number: '0', value: 'skip', label: context.text({ key: 'common.skip' }) },
        back,
      ]);
    case 'behalf':
      return say({ key: 'report.askBehalf' }, [back, cancel]);
    case 'category':
      return say({ key: 'report.askCategory' }, [...categoryChoices(state.draft, context), cancel]);
    case 'summary':
      return say({ key: ask.summary, params: summaryParams(state.draft, context) }, [
        ...numbered(context, [
          { value: 'send', label: { key: ask.send } },
          { value: 'edit', label: { key: 'report.choice.edit' } },
          // What only the person themselves can decide.
          ...(state.entered === undefined
            ? [
                { value: 'privacy', label: { key: 'report.choice.privacy' } },
                { value: 'anonymous', label: { key: 'report.choice.anonymous' } },
                state.draft.behalfOf
                  ? { value: 'myself', label: { key: 'report.choice.myself' } }
                  : { value: 'behalf', label: { key: 'report.choice.behalf' } },
              ]
            : []),
        ]),
        cancel,
      ]);
    case 'edit':
      return say({ key: ask.edit }, [
        ...numbered(context, [
          { value: 'what', label: { key: 'report.choice.what' } },
          { value: 'place', label: { key: 'report.choice.place' } },
          { value: 'phone', label: { key: 'report.choice.phone' } },
          { value: 'category', label: { key: 'report.choice.category' } },
        ]),
        back,
      ]);
  }
}

function categoryChoices(draft: CaseDraft, context: StepContext): readonly Choice[] {
  const guessed = context.likely(draft.text).map((guess) => guess.categoryId);
  const rest = context.plan.categories
    .map((category) => category.id)
    .filter((id) => !guessed.includes(id) && id !== OTHER);
  const ids = [...[...guessed, ...rest].slice(0, MAX_CATEGORY_CHOICES), OTHER];
  return numbered(
    context,
    ids.flatMap((id) => {
      const category = context.plan.categories.find((one) => one.id === id);
      return category ? [{ value: id, label: category.label }] : [];
    }),
  );
}

/** The first answer says what was understood, and that nothing has gone out yet. */
export function asFirstAnswer(result: StepResult, draft: CaseDraft, context: StepContext): StepResult {
  const category = context.plan.categories.find(({ id }) => id === draft.categoryId);
  const understood = category
    ? context.text({ key: 'report.understood', params: { category: category.label } })
    : '';
  const last = result.effects.at(-1);
  if (last?.kind !== 'say') return result;
  const text = { key: 'report.first', params: { understood, question: context.text(last.text) } };
  return { ...result, effects: [...result.effects.slice(0, -1), { ...last, text }] };
}

function summaryParams(draft: CaseDraft, context: StepContext): Readonly<Record<string, string | number>> {
  const category = context.plan.categories.find((one) => one.id === (draft.categoryId ?? OTHER));
  const count = (kind: string): number => draft.files.filter((file) => file.kind === kind).length;
  const parts = [
    draft.placeText ?? (draft.location ? context.text({ key: 'report.part.location' }) : ''),
    count('photo') > 0 ? context.text({ key: 'report.part.photos', params: { count: count('photo') } }) : '',
    count('voice') > 0 ? context.text({ key: 'report.part.voices', params: { count: count('voice') } }) : '',
    count('video') > 0 ? context.text({ key: 'report.part.videos', params: { count: count('video') } }) : '',
    draft.behalfOf ? context.text({ key: 'report.part.behalf', params: { name: draft.behalfOf } }) : '',
    draft.phone === null ? '' : context.text({ key: 'report.part.phone', params: { phone: draft.phone } }),
  ].filter((part) => part !== '');
  return {
    category: category?.label ?? '',
    words: draft.text === '' ? context.text({ key: 'report.part.noWords' }) : draft.text,
    rest: parts.length > 0 ? parts.join(', ') : context.text({ key: 'report.part.placeInWords' }),
    ward: context.plan.ward.name,
  };
}
