import {
  asksTime,
  fillTemplate,
  MAX_BLANK_LENGTH,
  URGENT_TOPIC,
  urgentTemplate,
} from '../../broadcast/urgent.ts';
import type { UrgentTemplate } from '../../plan.ts';
import { EVERYONE } from '../../run.ts';
import { hasRole, type Role, type StaffMember } from '../../staff.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Command, Flow } from '../flow.ts';
import type { Choice } from '../../outbound.ts';
import type { Effect, RunDraft, StepContext, StepResult, TextRef, UrgentDraft } from '../types.ts';
import type { UrgentState } from './urgent-state.ts';

/** Who is on duty when something happens: leaders and those who approve. */
const URGENT_ROLES: readonly Role[] = ['leader', 'chairperson', 'approver'];

export const maySendUrgent = (staff: StaffMember | null): boolean =>
  staff !== null && hasRole(staff, ...URGENT_ROLES);

export const urgentCommand: Command = {
  words: ['tinkhan', 'tin khan', 'khan'],
  run: (context) => {
    if (context.staff === null) return null;
    return maySendUrgent(context.staff) ? startUrgent(context) : say({ key: 'common.notAllowed' });
  },
};

function startUrgent(context: StepContext): StepResult {
  if (context.plan.broadcasting.urgentTemplates.length === 0) return say({ key: 'urgent.none' });
  const draft = { templateId: '', place: '', time: '' };
  return ask({ name: 'urgent', version: 1, step: 'template', draft }, context);
}

/** A template approved beforehand, where, when, one look and one confirmation; then it goes out. */
export const urgentFlow: Flow<UrgentState> = {
  name: 'urgent',
  version: 1,
  onInput(state, input, context) {
    if (!maySendUrgent(context.staff)) return say({ key: 'common.notAllowed' });
    switch (input.kind) {
      case 'choice':
        return chosen(state, input.value, context);
      case 'text':
        return written(state, input.text, context);
      default:
        return ask(state, context);
    }
  },
};

function chosen(state: UrgentState, value: string, context: StepContext): StepResult {
  if (value === 'cancel') return say({ key: 'urgent.cancelled' });
  if (value === 'back') return ask({ ...state, step: stepBefore(state, context) }, context);
  if (state.step === 'template' && urgentTemplate(context.plan, value))
    return ask({ ...state, step: 'place', draft: { ...state.draft, templateId: value } }, context);
  if (state.step === 'preview' && value === 'send') {
    const template = urgentTemplate(context.plan, state.draft.templateId);
    if (template) {
      const seen = fillTemplate(template, state.draft);
      return { flow: null, effects: [{ kind: 'send-urgent', draft: state.draft, seen }] };
    }
  }
  return ask(state, context);
}

function stepBefore({ step, draft }: UrgentState, { plan }: StepContext): UrgentState['step'] {
  if (step !== 'preview') return step === 'time' ? 'place' : 'template';
  const template = urgentTemplate(plan, draft.templateId);
  return template && asksTime(template) ? 'time' : 'place';
}

function written(state: UrgentState, words: string, context: StepContext): StepResult {
  if (words.length > MAX_BLANK_LENGTH) return ask(state, context, 'urgent.tooLong');
  if (words === '') return ask(state, context);
  switch (state.step) {
    case 'place': {
      const template = urgentTemplate(context.plan, state.draft.templateId);
      const step = template && asksTime(template) ? 'time' : 'preview';
      return ask({ ...state, step, draft: { ...state.draft, place: words } }, context);
    }
    case 'time':
      return ask({ ...state, step: 'preview', draft: { ...state.draft, time: words } }, context);
    default:
      return ask(state, context);
  }
}

const say = (text: TextRef): StepResult => ({ flow: null, effects: [{ kind: 'say', text }] });

/** Puts the question of the step; another `key` says first why it is put again. */
function ask(state: UrgentState, context: StepContext, key?: string): StepResult {
  if (state.step === 'template') {
    const choices = numbered(
      context,
      context.plan.broadcasting.urgentTemplates.map(({ id, title }) => ({ value: id, label: title })),
    );
    return put(state, { key: 'urgent.askTemplate' }, [...choices, cancelChoice(context)]);
  }
  const template = urgentTemplate(context.plan, state.draft.templateId);
  // The plan changed meanwhile.
  if (!template) return say({ key: 'common.formChanged' });
  const onward = [backChoice(context), cancelChoice(context)];
  const params = { title: template.title };
  switch (state.step) {
    case 'place':
      return put(state, { key: key ?? 'urgent.askPlace', params }, onward);
    case 'time':
      return put(state, { key: key ?? 'urgent.askTime', params }, onward);
    case 'preview':
      return put(
        state,
        { key: 'urgent.preview', params },
        [...numbered(context, [{ value: 'send', label: { key: 'urgent.send' } }]), ...onward],
        [{ kind: 'preview-run', draft: runDraft(template, state.draft) }],
      );
  }
}

function put(
  state: UrgentState,
  text: TextRef,
  choices: readonly Choice[],
  before: readonly Effect[] = [],
): StepResult {
  return { flow: state, effects: [...before, { kind: 'say', text, choices }] };
}

/** The filled template as any other post: the preview is made by the same function as what is sent. */
export function runDraft(template: UrgentTemplate, draft: UrgentDraft): RunDraft {
  return {
    topicId: URGENT_TOPIC,
    postId: template.id,
    title: template.title,
    body: fillTemplate(template, draft),
    photos: [],
    audience: EVERYONE,
    sendAtMs: null,
  };
}
