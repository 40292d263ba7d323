import { flowPromptId } from '#src/domain/conversation/step.ts';
import type { Effect, StoredEffect } from '#src/domain/conversation/types.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';
import { approveRun } from '../broadcast/approve-run.ts';
import { controlFromChat } from '../broadcast/control-run.ts';
import { listRuns } from '../broadcast/list-runs.ts';
import { openCorrection, previewCorrection } from '../broadcast/preview-correction.ts';
import { submitCorrection } from '../broadcast/submit-correction.ts';
import { listScripts } from '../broadcast/list-scripts.ts';
import { markReadAloud } from '../broadcast/mark-read-aloud.ts';
import { markRelayed } from '../broadcast/mark-reported.ts';
import { previewRun } from '../broadcast/preview-run.ts';
import { listApprovals, openApproval } from '../broadcast/list-approvals.ts';
import { listConsents } from '../broadcast/list-consents.ts';
import { withdrawConsent } from '../broadcast/withdraw-consent.ts';
import { showMonthCoverage, showRunCoverage } from '../broadcast/show-coverage.ts';
import { returnRun } from '../broadcast/return-run.ts';
import { stopSeries } from '../broadcast/series/stop-series.ts';
import { sendToday } from '../broadcast/send-today.ts';
import { settleUnknown } from '../broadcast/settle-unknown.ts';
import { submitRun } from '../broadcast/submit-run.ts';
import { sendUrgent } from '../broadcast/urgent/send-urgent.ts';
import { moveEntry, skipEntry } from '../broadcast/timetable/change-entry.ts';
import { listSeries, showSeries } from '../broadcast/timetable/list-series.ts';
import { showEntry } from '../broadcast/timetable/show-entry.ts';
import { showTimetable } from '../broadcast/timetable/show-timetable.ts';
import { resumeChannel } from '../alerts/resume-channel.ts';
import { importDocument } from './import-document.ts';
import { afterFailure } from './effect-failure.ts';
import { answerCase } from '../cases/answer-case.ts';
import { createCase } from '../cases/create-case.ts';
import { listCases } from '../cases/list-cases.ts';
import { rateCase } from '../cases/rate-case.ts';
import { reopenCase } from '../cases/reopen-case.ts';
import { settleAnswer } from '../cases/settle-answer.ts';
import { takeCase } from '../cases/take-case.ts';
import { answerDuty } from '../duties/answer-duty.ts';
import { confirmGroup } from '../groups/confirm-group.ts';
import { listGroups } from '../groups/list-groups.ts';
import { joinStaff } from '../staff/join-staff.ts';
import { subscribe, unsubscribe } from '../subscribers/subscribe.ts';
import { listWork } from '../staff/list-work.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply } from './reply.ts';

/**
 * Runs what a committed step asked for, in order, each under its own id and removed once done. Throws on the first that
 * fails: it and those after it stay and run again, until it has failed for too long and is set aside. One that only has
 * to wait (`NotYet`) lets the others pass.
 */
export async function runEffects(app: App, chatKey: string, signal?: AbortSignal): Promise<void> {
  const conversation = await app.conversations.load(chatKey);
  for (const stored of conversation?.effects ?? []) {
    if (!conversation || signal?.aborted) return;
    const context = { id: stored.id, conversation };
    try {
      await runEffect(app, context, stored);
    } catch (error) {
      await afterFailure(app, context, stored, error);
      continue;
    }
    await app.conversations.effectDone(chatKey, stored.id);
  }
}

function runEffect(app: App, context: EffectContext, { effect }: StoredEffect): Promise<void> {
  switch (effect.kind) {
    case 'say':
      return say(app, context, effect);
    case 'show':
      return reply(app, context, {
        text: effect.words,
        ...(effect.photoId ? { photoIds: [effect.photoId] } : {}),
      });
    case 'create-case':
      return createCase(app, context, effect.draft);
    case 'list-cases':
      return listCases(app, context);
    case 'rate-case':
      return rateCase(app, context, effect.caseId, effect.rating);
    case 'reopen-case':
      return reopenCase(app, context, effect.caseId);
    case 'take-case':
      return takeCase(app, context, effect.caseId);
    case 'answer-case':
      return answerCase(app, context, effect.caseId, effect.answer);
    case 'list-work':
      return listWork(app, context);
    case 'join-staff':
      return joinStaff(app, context, effect.code);
    case 'forget-words':
      return app.carriedWords.forget(effect.token);
    case 'confirm-group':
      return confirmGroup(app, context, effect);
    case 'list-groups':
      return listGroups(app, context);
    case 'resume-channel':
      return resumeChannel(app, context, effect.platform);
    case 'subscribe':
      return subscribe(app, context, effect);
    case 'unsubscribe':
      return unsubscribe(app, context);
    default:
      return runOfficeEffect(app, context, effect);
  }
}

/** The prompt's id is the one that the step gave it: both come from the revision and the place of the effect in it. */
async function say(
  app: App,
  context: EffectContext,
  effect: Extract<Effect, { kind: 'say' }>,
): Promise<void> {
  const text = app.texts.render(effect.text);
  const [index, rev] = context.id.split('.').reverse();
  const choices = effect.choices ?? [];
  await reply(app, context, {
    text: withChoices(text, choices),
    ...(choices.length > 0
      ? { buttons: choiceButtons(flowPromptId(Number(rev), Number(index)), choices) }
      : {}),
    ...(effect.photoId === undefined ? {} : { photoIds: [effect.photoId] }),
  });
}

/** What editors, approvers and officers do beyond cases. */
function runOfficeEffect(app: App, context: EffectContext, effect: OfficeEffect): Promise<void> {
  switch (effect.kind) {
    case 'submit-run':
      return submitRun(app, context, effect.draft);
    case 'preview-run':
      return previewRun(app, context, effect.draft);
    case 'send-urgent':
      return sendUrgent(app, context, effect.draft, effect.seen);
    case 'show-timetable':
      return showTimetable(app, context, effect);
    case 'show-entry':
      return showEntry(app, context, effect.entryId);
    case 'skip-entry':
      return skipEntry(app, context, effect.entryId);
    case 'move-entry':
      return moveEntry(app, context, effect.entryId, effect.atMs);
    case 'list-approvals':
      return listApprovals(app, context);
    case 'open-approval':
      return openApproval(app, context, effect.runId);
    case 'list-series':
      return listSeries(app, context);
    case 'show-series':
      return showSeries(app, context, effect.seriesId);
    case 'list-runs':
      return listRuns(app, context);
    case 'run-coverage':
      return showRunCoverage(app, context, effect.runId);
    case 'month-coverage':
      return showMonthCoverage(app, context, effect.month);
    case 'import-document':
      return importDocument(app, context, effect.file);
    case 'list-consents':
      return listConsents(app, context);
    case 'withdraw-consent':
      return withdrawConsent(app, context, effect.runId);
    case 'open-correction':
      return openCorrection(app, context, effect.runId);
    case 'preview-correction':
      return previewCorrection(app, context, effect.draft);
    case 'submit-correction':
      return submitCorrection(app, context, effect.draft);
    case 'approve-run':
      return approveRun(app, context, effect.runId, effect.contentHash);
    case 'return-run':
      return returnRun(app, context, effect.runId, effect.comment);
    case 'cancel-run':
      return controlFromChat(app, context, effect.runId, 'cancel');
    case 'control-run':
      return controlFromChat(app, context, effect.runId, effect.action);
    case 'stop-series':
      return stopSeries(app, context, effect.seriesId);
    case 'send-today':
      return sendToday(app, context, effect.runId);
    case 'mark-relayed':
      return markRelayed(app, context, effect.deliveryId);
    case 'mark-read-aloud':
      return markReadAloud(app, context, effect);
    case 'list-scripts':
      return listScripts(app, context, effect.runId);
    case 'settle-unknown':
      return effect.deliveryId.startsWith(ANSWER_ROWS)
        ? settleAnswer(app, context, effect.deliveryId, effect.seen)
        : settleUnknown(app, context, effect.deliveryId, effect.seen);
    case 'duty-action':
      return answerDuty(app, context, effect);
  }
}

type OfficeEffect = Extract<
  Effect,
  {
    kind:
      | 'submit-run'
      | 'preview-run'
      | 'send-urgent'
      | 'show-timetable'
      | 'show-entry'
      | 'skip-entry'
      | 'move-entry'
      | 'list-approvals'
      | 'open-approval'
      | 'list-series'
      | 'show-series'
      | 'list-runs'
      | 'run-coverage'
      | 'month-coverage'
      | 'list-consents'
      | 'import-document'
      | 'withdraw-consent'
      | 'open-correction'
      | 'preview-correction'
      | 'submit-correction'
      | 'approve-run'
      | 'return-run'
      | 'cancel-run'
      | 'control-run'
      | 'send-today'
      | 'stop-series'
      | 'mark-relayed'
      | 'mark-read-aloud'
      | 'list-scripts'
      | 'settle-unknown'
      | 'duty-action';
  }
>;
