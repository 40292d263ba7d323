import { nextMorning, nextOpening } from '../../calendar/calendar.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { atLocal, localDateOf } from '../../calendar/local-time.ts';
import { parseDay } from '../../text/parse-day.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { StepContext, StepResult, TextRef } from '../types.ts';
import type { DutySnoozeState } from './duty-state.ts';

/** "Để sau": until when. The effect moves a day off on to the next working day and says what holds. */
export function startDutySnooze(dutyId: string, context: StepContext): StepResult {
  return askUntil({ name: 'duty-snooze', version: 1, step: 'until', dutyId }, context);
}

export const dutySnoozeFlow: Flow<DutySnoozeState> = {
  name: 'duty-snooze',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return choose(state, input.value, context);
    if (input.kind !== 'text')
      return state.step === 'date' ? askDate(state, context) : askUntil(state, context);
    const date = parseDay(input.folded, localDateOf(context.nowMs));
    if (date === null) return askDate({ ...state, step: 'date' }, context, 'duty.snooze.dateUnclear');
    const opens = context.plan.ward.officeHours.periods[0]?.from ?? '07:30';
    const untilMs = atLocal(date, opens);
    if (untilMs <= context.nowMs) return askDate({ ...state, step: 'date' }, context, 'duty.snooze.datePast');
    return snoozed(state, untilMs);
  },
};

function choose(state: DutySnoozeState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'opening':
      return snoozed(state, nextOpening(weeklyRhythm(context), context.nowMs));
    case 'tomorrow':
      return snoozed(state, nextMorning(weeklyRhythm(context), context.nowMs));
    case 'date':
      return askDate({ ...state, step: 'date' }, context);
    case 'back':
      return askUntil({ ...state, step: 'until' }, context);
    default:
      return { flow: null, effects: [{ kind: 'say', text: { key: 'duty.snooze.cancelled' } }] };
  }
}

function snoozed(state: DutySnoozeState, untilMs: number): StepResult {
  return { flow: null, effects: [{ kind: 'duty-action', dutyId: state.dutyId, action: 'snooze', untilMs }] };
}

function askUntil(state: DutySnoozeState, context: StepContext): StepResult {
  const options = ['opening', 'tomorrow', 'date'].map((value) => ({
    value,
    label: { key: `duty.snooze.${value}` },
  }));
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: { key: 'duty.snooze.ask' },
        choices: [...numbered(context, options), cancelChoice(context)],
      },
    ],
  };
}

/** A day is typed: only "0" and "9" are offered, so that "3" is never taken for the third choice. */
function askDate(state: DutySnoozeState, context: StepContext, key = 'duty.snooze.askDate'): StepResult {
  const text: TextRef = { key };
  return {
    flow: state,
    effects: [{ kind: 'say', text, choices: [backChoice(context), cancelChoice(context)] }],
  };
}

/** Steps know the week, not the days off: those are corrected where the calendar is. */
function weeklyRhythm(context: StepContext): Calendar {
  const { weekdays, periods } = context.plan.ward.officeHours;
  return {
    holidays: new Set(),
    workingSaturdays: new Set(),
    weekdays,
    hours: periods,
    knownYears: new Set(),
  };
}
