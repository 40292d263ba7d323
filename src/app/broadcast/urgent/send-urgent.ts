import { hashed } from '#src/domain/broadcast/approval.ts';
import { countRecipients, totalRecipients } from '#src/domain/broadcast/audience.ts';
import { reachWords } from '#src/domain/broadcast/reach-words.ts';
import { urgentTemplate } from '#src/domain/broadcast/urgent.ts';
import { maySendUrgent, runDraft } from '#src/domain/conversation/flows/urgent.ts';
import type { RunDraft, TextRef, UrgentDraft } from '#src/domain/conversation/types.ts';
import type { Plan, UrgentTemplate } from '#src/domain/plan.ts';
import { type BroadcastRun, newRun } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { notifyStaff } from '../../send/notify.ts';
import { presentWith } from '../../staff/acting.ts';
import { controlPrompt } from '../control-prompt.ts';
import { staffName } from '../../present.ts';
import { answer, asker, type BroadcastPorts, currentPlan, runIdOf } from '../ports.ts';
import { renderRun } from '../render-run.ts';

/**
 * An urgent post goes out at once: its words were approved in the plan, the sender filled in where and when and saw the
 * whole (`seen`). Past quiet hours, silent days and the daily limit. A template that changed since then is shown again
 * first. Idempotent by the effect's id.
 */
export async function sendUrgent(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: UrgentDraft,
  seen: string,
): Promise<void> {
  const sender = await asker(ports, context);
  if (!sender || !maySendUrgent(sender)) return answer(ports, context, { key: 'common.notAllowed' });
  const plan = await currentPlan(ports);
  const known = await ports.runs.get(runIdOf(context));
  if (known) return sent(ports, context, known, sender, plan);
  const template = urgentTemplate(plan, draft.templateId);
  const post = template && runDraft(template, draft);
  if (!post || post.body !== seen) return answer(ports, context, { key: 'urgent.changed' });
  const counts = countRecipients(plan, post, await ports.destinations.census());
  if (totalRecipients(counts) === 0) return answer(ports, context, { key: 'urgent.nobody' });
  const run = await createRun(ports, context, { plan, template, post, sender });
  return sent(ports, context, run, sender, plan);
}

interface ToCreate {
  readonly plan: Plan;
  readonly template: UrgentTemplate;
  readonly post: RunDraft;
  readonly sender: StaffMember;
}

async function createRun(
  ports: BroadcastPorts,
  context: EffectContext,
  { plan, template, post, sender }: ToCreate,
): Promise<BroadcastRun> {
  const id = runIdOf(context);
  const nowMs = ports.clock.nowMs();
  const content = { title: post.title, body: post.body, photoIds: [], documentId: null };
  // Before the run: who let it out stands in the log whatever happens next.
  await ports.audit.record({
    id: `audit.${id}.urgent`,
    atMs: nowMs,
    by: sender.id,
    action: 'urgent-sent',
    subject: id,
    reason: `template ${template.id}, approved by ${template.approvedBy} on ${template.approvedOn}`,
  });
  const run = hashed(
    newRun({
      id,
      kind: 'urgent',
      topicId: post.topicId,
      postId: post.postId,
      ...content,
      audience: post.audience,
      renderings: await renderRun(ports, plan, content),
      contentHash: '',
      authorId: sender.id,
      approverId: `template:${template.id}:${template.approvedBy}`,
      approvedAtMs: nowMs,
      sendAtMs: nowMs,
      state: 'scheduled',
      createdAtMs: nowMs,
    }),
    ports.hash,
  );
  return ports.runs.create({ ...run, approvedHash: run.contentHash });
}

/** The sender can still hold it; whoever else may do so hears that it goes. */
async function sent(
  ports: BroadcastPorts,
  context: EffectContext,
  run: BroadcastRun,
  sender: StaffMember,
  plan: Plan,
): Promise<void> {
  const text = (ref: TextRef) => ports.texts.render(ref);
  const reach = reachWords(text, countRecipients(plan, run, await ports.destinations.census()));
  const template = urgentTemplate(plan, run.postId ?? '');
  const approver = unitNameOf(plan, template?.approvedBy ?? '', template?.approvedOn ?? '');
  const params = { title: run.title, reach, approver, name: staffName(sender) };
  for (const role of ['chairperson', 'leader', 'approver'] as const)
    for (const member of await presentWith(ports, role, sender.id)) {
      await notifyStaff(ports, {
        id: `${run.id}.urgent.${member.id}`,
        staff: member,
        text: { key: 'urgent.told', params },
        prompt: controlPrompt(ports, run, 'urgent-told'),
        lane: 'reminder',
        dueAtMs: ports.clock.nowMs(),
      });
    }
  await answer(ports, context, { key: 'urgent.sent', params }, controlPrompt(ports, run, 'urgent-sent'));
}
