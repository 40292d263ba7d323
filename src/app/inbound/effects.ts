import { flowPromptId } from '#src/domain/conversation/step.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';
import { approveRun } from '../broadcast/approve-run.ts';
import { controlFromChat, noteReason } from '../broadcast/control-run.ts';
import { listRuns } from '../broadcast/list-runs.ts';
import { openCorrection, previewCorrection } from '../broadcast/preview-correction.ts';
import { submitCorrection } from '../broadcast/submit-correction.ts';
import { markSaid } from '../broadcast/meeting/mark-said.ts';
import { listScripts } from '../broadcast/list-scripts.ts';
import { markReadAloud } from '../broadcast/mark-read-aloud.ts';
import { markRelayed } from '../broadcast/mark-reported.ts';
import { previewRun } from '../broadcast/preview-run.ts';
import { previewAll, showRenderings } from '../broadcast/show-renderings.ts';
import { listApprovals, openApproval } from '../broadcast/list-approvals.ts';
import { listConsents } from '../broadcast/list-consents.ts';
import { withdrawConsent } from '../broadcast/withdraw-consent.ts';
import { showMonthCoverage, showRunCoverage } from '../broadcast/show-coverage.ts';
import { listPosts } from '../broadcast/own-posts/list-posts.ts';
import { saveDraft } from '../broadcast/own-posts/save-draft.ts';
import { takeUp } from '../broadcast/own-posts/take-up.ts';
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
import { settleAnswer } from '../cases/settle-answer.ts';
import { answerDuty } from '../duties/answer-duty.ts';
import { assignDuty, pickAssignee } from '../duties/assign-duty.ts';
import { acknowledgeDuties, showDuty } from '../duties/listed-duties.ts';
import { confirmGroup } from '../groups/confirm-group.ts';
import { listGroups } from '../groups/list-groups.ts';
import { joinStaff } from '../staff/join-staff.ts';
import { subscribe, unsubscribe } from '../subscribers/subscribe.ts';
import { chooseDeputy, listLeave, takeLeave } from '../staff/leave.ts';
import { orderDuty } from '../duties/order-duty.ts';
import { showReminders } from '../duties/show-reminders.ts';
import { showYear } from '../duties/show-year.ts';
import { showWeek } from '../duties/tell-week.ts';
import { listWork } from '../staff/list-work.ts';
import type { App } from '../app.ts';
import { CASE_EFFECTS } from './case-effects.ts';
import { runInspection } from '../inspections/run-inspection.ts';
import { PROCEDURE_EFFECTS } from './procedure-effects.ts';
import { RESIDENT_EFFECTS } from './resident-effects.ts';
import type { HandlersOf } from './handlers.ts';
import { type EffectContext, reply } from './reply.ts';

/** Who does what a step asked for: one use case an effect. Each may run twice under one id. */
export const EFFECTS: HandlersOf<Effect> = {
  ...RESIDENT_EFFECTS,
  ...CASE_EFFECTS,
  ...PROCEDURE_EFFECTS,
  inspection: (app, context, effect) => runInspection(app, context, effect.order),
  say: (app, context, effect) => say(app, context, effect),
  show: (app, context, effect) =>
    reply(app, context, {
      text: effect.words,
      ...(effect.photoId ? { photoIds: [effect.photoId] } : {}),
    }),
  'list-work': (app, context) => listWork(app, context),
  'show-week': (app, context) => showWeek(app, context),
  'show-reminders': (app, context) => showReminders(app, context),
  'order-duty': (app, context, effect) => orderDuty(app, context, effect.order),
  'show-year': (app, context) => showYear(app, context),
  'join-staff': (app, context, effect) => joinStaff(app, context, effect.code),
  'forget-words': (app, _, effect) => app.carriedWords.forget(effect.token),
  'confirm-group': (app, context, effect) => confirmGroup(app, context, effect),
  'take-leave': (app, context, effect) => takeLeave(app, context, effect.leave),
  'choose-deputy': (app, context, effect) => chooseDeputy(app, context, effect.deputyId),
  'list-leave': (app, context) => listLeave(app, context),
  'list-groups': (app, context) => listGroups(app, context),
  'resume-channel': (app, context, effect) => resumeChannel(app, context, effect.platform),
  subscribe: (app, context, effect) => subscribe(app, context, effect),
  unsubscribe: (app, context) => unsubscribe(app, context),
  'submit-run': (app, context, effect) => submitRun(app, context, effect.draft, effect.takenUp),
  'save-draft': (app, context, effect) => saveDraft(app, context, effect.draft, effect.takenUp ?? null),
  'take-up': (app, context, effect) => takeUp(app, context, effect.id),
  'list-posts': (app, context) => listPosts(app, context),
  'preview-run': (app, context, effect) => previewRun(app, context, effect.draft),
  'preview-all': (app, context, effect) => previewAll(app, context, effect.draft),
  'show-renderings': (app, context, effect) => showRenderings(app, context, effect.id),
  'send-urgent': (app, context, effect) => sendUrgent(app, context, effect.draft, effect.seen),
  'show-timetable': (app, context, effect) => showTimetable(app, context, effect),
  'show-entry': (app, context, effect) => showEntry(app, context, effect.entryId),
  'skip-entry': (app, context, effect) => skipEntry(app, context, effect.entryId),
  'move-entry': (app, context, effect) => moveEntry(app, context, effect.entryId, effect.atMs),
  'list-approvals': (app, context) => listApprovals(app, context),
  'open-approval': (app, context, effect) => openApproval(app, context, effect.runId),
  'list-series': (app, context) => listSeries(app, context),
  'show-series': (app, context, effect) => showSeries(app, context, effect.seriesId),
  'list-runs': (app, context) => listRuns(app, context),
  'run-coverage': (app, context, effect) => showRunCoverage(app, context, effect.runId),
  'month-coverage': (app, context, effect) => showMonthCoverage(app, context, effect.month),
  'import-document': (app, context, effect) => importDocument(app, context, effect.file),
  'list-consents': (app, context) => listConsents(app, context),
  'withdraw-consent': (app, context, effect) => withdrawConsent(app, context, effect.runId),
  'open-correction': (app, context, effect) => openCorrection(app, context, effect.runId),
  'preview-correction': (app, context, effect) => previewCorrection(app, context, effect.draft),
  'submit-correction': (app, context, effect) => submitCorrection(app, context, effect.draft),
  'approve-run': (app, context, effect) => approveRun(app, context, effect.runId, effect.contentHash),
  'return-run': (app, context, effect) => returnRun(app, context, effect.runId, effect.comment),
  'cancel-run': (app, context, effect) => controlFromChat(app, context, effect.runId, 'cancel'),
  'control-run': (app, context, effect) => controlFromChat(app, context, effect.runId, effect.action),
  'note-reason': (app, context, effect) => noteReason(app, context, effect),
  'stop-series': (app, context, effect) => stopSeries(app, context, effect.seriesId),
  'send-today': (app, context, effect) => sendToday(app, context, effect.runId),
  'mark-relayed': (app, context, effect) => markRelayed(app, context, effect.deliveryId),
  'mark-said': (app, context, effect) => markSaid(app, context, effect.deliveryId),
  'mark-read-aloud': (app, context, effect) => markReadAloud(app, context, effect),
  'list-scripts': (app, context, effect) => listScripts(app, context, effect.runId),
  'settle-unknown': (app, context, effect) =>
    effect.deliveryId.startsWith(ANSWER_ROWS)
      ? settleAnswer(app, context, effect.deliveryId, effect.seen)
      : settleUnknown(app, context, effect.deliveryId, effect.seen),
  'duty-action': (app, context, effect) => answerDuty(app, context, effect),
  'show-duty': (app, context, effect) => showDuty(app, context, effect),
  'acknowledge-duties': (app, context, effect) => acknowledgeDuties(app, context, effect.dutyIds),
  'pick-assignee': (app, context, effect) => pickAssignee(app, context, effect.dutyId),
  'assign-duty': (app, context, effect) => assignDuty(app, context, effect),
};

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
