import { chatKey, type ChatRef } from '../inbound.ts';
import type { PromptSubject } from '../outbound.ts';
import { answerPrompt } from './answer-prompt.ts';
import { findCommand } from './commands.ts';
import { wordsOnCase } from './flows/case-prompts.ts';
import { unclearOnDuty, wordsOnDuty } from './flows/words-on-duty.ts';
import { runFlow } from './flows.ts';
import { keepEffect, mayKeep } from './flows/compose/keep.ts';
import { startTakenUp } from './flows/compose/compose.ts';
import { ageDraft } from './flows/report.ts';
import { ageForm } from './forms/form-flow.ts';
import { FORMS } from './forms/forms.ts';
import { startOf } from './flows/menu.ts';
import { soundsLikeEmergency } from '../vietnamese/triage.ts';
import { matchInput } from './match-input.ts';
import { windowLookMs } from './zalo-window.ts';
import type { FlowState } from './flow-state.ts';
import type {
  Conversation,
  DraftAged,
  Effect,
  Input,
  OpenPrompt,
  PrivateContent,
  StepContext,
  StepResult,
  StoredEffect,
} from './types.ts';

/** Older questions are forgotten: nobody answers the eleventh. */
export const MAX_PROMPTS = 10;
/** One card, several answers in turn: seen, then done; taken, then answered. */
const STAYS_OPEN: ReadonlySet<PromptSubject['kind']> = new Set([
  'duty',
  'duty-list',
  'case-card',
  'work-list',
  'my-cases',
  'run',
  'timetable',
  'approvals',
  'locked',
  'inspections',
  'inspection',
]);
/** Platforms repeat an update within hours; a chat sees far fewer events than this in that time. */
const MAX_SEEN_EVENTS = 100;
const LOGBOOK_PHOTO_FOR_MS = 36 * 3_600_000;

export function newConversation(chat: ChatRef, nowMs: number): Conversation {
  return {
    key: chatKey(chat),
    chat,
    rev: 0,
    honorific: null,
    flow: null,
    prompts: [],
    seenEvents: [],
    effects: [],
    updatedAtMs: nowMs,
  };
}

/**
 * One event of a private chat: the conversation as it is afterwards, with the effects to run standing in it.
 * Pure. A repeated event gives the conversation back as it was.
 */
export function step(
  conversation: Conversation,
  content: PrivateContent,
  context: StepContext,
): Conversation {
  if (conversation.seenEvents.includes(context.eventId)) return conversation;
  if (content.kind === 'draft-aged') return aged(conversation, content, context);
  const input = content.kind === 'taken-up' ? null : matchInput(content, conversation.prompts);
  const result =
    content.kind === 'taken-up'
      ? unlessBusy(conversation.flow, startTakenUp(content, context))
      : withEmergency(
          decide(conversation, matchInput(content, conversation.prompts), context),
          content,
          context,
        );
  const rev = conversation.rev + 1;
  return {
    ...conversation,
    rev,
    flow: result.flow,
    honorific: result.honorific ?? conversation.honorific,
    prompts: promptsAfter(conversation.prompts, input, result, rev, context.nowMs),
    seenEvents: [...conversation.seenEvents, context.eventId].slice(-MAX_SEEN_EVENTS),
    effects: [
      ...conversation.effects,
      ...result.effects.map((effect, index) => stored(conversation.key, rev, index, effect)),
    ],
    updatedAtMs: context.nowMs,
    heardAtMs: context.nowMs,
    windowAtMs: windowLookMs(conversation.chat.platform, context.nowMs, context.nowMs),
  };
}

/**
 * A photo, while a script waits for its "Đã đọc": the page of the logbook. Only for a while, so that a photo of a broken
 * lamp next week is a report again; the question stays open for the other photos of an album.
 */
function logbookPhoto(conversation: Conversation, input: Input, context: StepContext): Decision | null {
  if (input.kind !== 'file' || input.file.kind !== 'photo' || !context.staff) return null;
  const open = conversation.prompts.find(
    ({ subject, askedAtMs }) =>
      subject.kind === 'loudspeaker' && context.nowMs - askedAtMs < LOGBOOK_PHOTO_FOR_MS,
  );
  if (open?.subject.kind !== 'loudspeaker') return null;
  const effect: Effect = {
    kind: 'mark-read-aloud',
    deliveryId: open.subject.deliveryId,
    logbook: input.file,
  };
  return { flow: null, effects: [effect], ...(input.albumId === null ? { answeredPromptId: open.id } : {}) };
}

/** Nothing happens where somebody has gone on with the draft, or sent it, since it was looked at. */
function aged(
  conversation: Conversation,
  { what, touchedAtMs }: DraftAged,
  context: StepContext,
): Conversation {
  const { flow, key } = conversation;
  if (flow?.name !== 'report' && flow?.name !== 'form') return conversation;
  if (flow.askedAtMs !== touchedAtMs) return conversation;
  const result = flow.name === 'report' ? ageDraft(flow, what, context) : ageForm(FORMS, flow, what, context);
  if (result === null) return conversation;
  const rev = conversation.rev + 1;
  return {
    ...conversation,
    rev,
    flow: result.flow,
    prompts: promptsAfter(conversation.prompts, null, result, rev, context.nowMs),
    effects: [
      ...conversation.effects,
      ...result.effects.map((effect, index) => stored(key, rev, index, effect)),
    ],
    updatedAtMs: context.nowMs,
  };
}

/** Whatever is being asked: who to call comes before it. */
function withEmergency(result: Decision, content: PrivateContent, { staff }: StepContext): Decision {
  const words =
    content.kind === 'text' ? content.text : content.kind === 'file' ? (content.caption ?? '') : '';
  if (staff !== null || !soundsLikeEmergency(words)) return result;
  return { ...result, effects: [{ kind: 'say', text: { key: 'report.emergency' } }, ...result.effects] };
}

interface Decision extends StepResult {
  /** A question that something else than a choice has answered. */
  readonly answeredPromptId?: string;
}

function decide(conversation: Conversation, input: Input, context: StepContext): Decision {
  const { flow } = conversation;
  if (input.kind === 'stale-tap')
    return { flow, effects: [{ kind: 'say', text: { key: 'common.staleTap' } }] };
  if (input.kind === 'choice' && input.prompt.subject.kind !== 'flow') {
    const answered = answerPrompt(input.prompt, input.value, context);
    if (answered) return unlessBusy(flow, answered);
  }
  if (input.kind === 'text') {
    const command = findCommand(input.folded, context, flow !== null);
    if (command) return unlessBusy(flow, command);
  }
  // What is typed into a form stays in it, also where a reminder has come meanwhile.
  if (flow) return runFlow(flow, input, context);
  const onDuty = wordsOnDuty(conversation, input, context);
  if (onDuty) return { ...onDuty, ...answeredOnce(conversation.prompts) };
  const photo = logbookPhoto(conversation, input, context);
  if (photo) return photo;
  const onCase = wordsOnCase(conversation, input, context);
  if (onCase) return { ...onCase.result, answeredPromptId: onCase.promptId };
  return unclearOnDuty(conversation, input, context) ?? startOf(input, context);
}

/** The newest question, where one answer closes it. */
function answeredOnce([newest]: readonly OpenPrompt[]): Pick<Decision, 'answeredPromptId'> {
  return newest && !STAYS_OPEN.has(newest.subject.kind) ? { answeredPromptId: newest.id } : {};
}

/** A form under way is not thrown away by another that begins: what was typed into it would be lost. */
function unlessBusy(flow: FlowState | null, result: StepResult): Decision {
  if (!flow || !result.flow) return { ...result, flow: result.flow ?? flow };
  if (flow.name === 'compose' && result.flow.name === 'compose') {
    const isOther = flow.takenUp === null || flow.takenUp.id !== result.flow.takenUp?.id;
    if (isOther && mayKeep(flow)) return { ...result, effects: [keepEffect(flow), ...result.effects] };
    if (flow.takenUp === null) return result;
  } else if (result.flow.name === flow.name) return result;
  return { flow, effects: [{ kind: 'say', text: { key: 'common.finishFirst' } }], keepsPrompt: true };
}

const stored = (key: string, rev: number, index: number, effect: Effect): StoredEffect => ({
  id: `${key}.${String(rev)}.${String(index)}`,
  effect,
});

/** The id under which the answers of one `say` come back. */
export function flowPromptId(rev: number, index: number): string {
  return `f${rev.toString(36)}.${index.toString(36)}`;
}

/** Only the newest question of a form can be answered; an answered notice is closed. */
function promptsAfter(
  prompts: readonly OpenPrompt[],
  input: Input | null,
  result: Decision,
  rev: number,
  nowMs: number,
): readonly OpenPrompt[] {
  const asked = result.effects.flatMap((effect, index): OpenPrompt[] =>
    effect.kind === 'say' && effect.choices && effect.choices.length > 0
      ? [
          {
            id: flowPromptId(rev, index),
            subject: effect.subject ?? { kind: 'flow' },
            choices: effect.choices,
            askedAtMs: nowMs,
          },
        ]
      : [],
  );
  const asksAgain = asked.some((prompt) => prompt.subject.kind === 'flow') || result.flow === null;
  const answeredId =
    input?.kind === 'choice' && !result.keepsPrompt && !STAYS_OPEN.has(input.prompt.subject.kind)
      ? input.prompt.id
      : (result.answeredPromptId ?? null);
  const kept = prompts.filter(
    (prompt) =>
      prompt.id !== answeredId &&
      !(prompt.subject.kind === 'flow' && asksAgain) &&
      prompt.subject.kind !== 'menu',
  );
  return [...asked.reverse(), ...kept].slice(0, MAX_PROMPTS);
}
