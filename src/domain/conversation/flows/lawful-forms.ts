import type { OfficeHours } from '../../plan.ts';
import { soundsLikeComplaint, soundsLikeDenunciation } from '../../vietnamese/triage.ts';
import type { CaseDraft } from '../drafts.ts';
import type { Choice } from '../../outbound.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { Effect, StepContext, StepResult, TextRef } from '../types.ts';
import type { ReportState } from './report-state.ts';

/** The two matters that by law want a signed paper. */
export type LawfulStep = Extract<ReportState['step'], 'denunciation' | 'complaint'>;

/** At any moment of the form, until the person has said that it is none. */
export function lawfulStepOf({ settled }: ReportState, words: string): LawfulStep | null {
  if (!settled.includes('denunciation') && soundsLikeDenunciation(words)) return 'denunciation';
  if (!settled.includes('complaint') && soundsLikeComplaint(words)) return 'complaint';
  return null;
}

/** Nobody is told that their words are locked away where they are not kept. */
export function lawfulQuestion(step: LawfulStep, { keepsLocked }: StepContext): TextRef['key'] {
  return step === 'denunciation' && !keepsLocked ? 'report.lawful.unkept' : `report.lawful.${step}`;
}

export function lawfulChoices(step: LawfulStep, context: StepContext): readonly Choice[] {
  const not = step === 'denunciation' ? 'report.choice.notDenunciation' : 'report.choice.notComplaint';
  return [
    ...numbered(context, [
      { value: 'form', label: { key: 'report.choice.form' } },
      { value: 'where', label: { key: 'report.choice.where' } },
      { value: 'not', label: { key: not } },
    ]),
    cancelChoice(context),
  ];
}

/** The form to sign, or where it is handed in. The clock of the law starts there and not here. */
export function lawfulAnswer(step: LawfulStep, value: string, context: StepContext): StepResult {
  const params = { ward: context.plan.ward.name, hours: officeHours(context.plan.ward.officeHours, context) };
  const say = (key: string): Effect => ({ kind: 'say', text: { key, params } });
  if (value !== 'form') return { flow: null, effects: [say(`report.lawfulWhere.${step}`)] };
  return { flow: null, effects: [say(`report.lawfulForm.${step}`), { kind: 'send-letter', letter: step }] };
}

/**
 * What sounds like a denunciation leaves the conversation: sealed under a key of its own, it comes back only where the
 * person says that it is none.
 */
export function lockAway(state: ReportState, draft: CaseDraft, context: StepContext) {
  const lockedId = state.lockedId ?? `${context.platform}.${context.eventId}`;
  const flow: ReportState = { ...state, step: 'denunciation', draft: NOTHING, lockedId };
  const effect: Effect = { kind: 'lock-words', lockedId, draft };
  return { flow, effect };
}

export const NOTHING: CaseDraft = {
  text: '',
  placeText: null,
  location: null,
  files: [],
  phone: null,
  categoryId: null,
};

function officeHours({ periods, weekdays }: OfficeHours, { text }: StepContext): string {
  const day = (weekday: number): TextRef => ({ key: `common.weekday.${String(weekday)}` });
  const time = (of: string): string => {
    const [hour = '', minute = '00'] = of.split(':');
    const params = { hour: Number(hour), minute: minute === '00' ? '' : ` ${minute}` };
    return text({ key: 'report.clockTime', params });
  };
  return text({
    key: 'report.officeHours',
    params: {
      periods: periods
        .map(({ from, to }) => text({ key: 'report.period', params: { from: time(from), to: time(to) } }))
        .join(', '),
      first: text(day(weekdays[0] ?? 1)),
      last: text(day(weekdays.at(-1) ?? 5)),
    },
  });
}
