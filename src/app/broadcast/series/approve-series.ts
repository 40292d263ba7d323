import { refuseApproval } from '#src/domain/broadcast/approval.ts';
import { firstHold } from '#src/domain/broadcast/consent.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Series } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { notifyStaff } from '../../send/notify.ts';
import { mendPrompt } from '../control-prompt.ts';
import { refusalText } from '../refusal-text.ts';
import { staffName } from '../../present.ts';
import { answer, audit, currentPlan, MAX_TRIES, type BroadcastPorts } from '../ports.ts';
import { firstDates } from './first-dates.ts';

/** A second person approves a series as a whole: from now on its runs are made. Safe to run twice. */
export async function approveSeries(
  ports: BroadcastPorts,
  context: EffectContext,
  seriesId: string,
  approver: StaffMember,
  seenHash: string | null,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series = await ports.series.get(seriesId);
    if (!series) return answer(ports, context, { key: 'broadcast.gone' });
    const isMine = series.approverId === approver.id && series.approvedHash === series.contentHash;
    if (!isMine) {
      const refusal = refuseApproval(series, approver, seenHash);
      if (refusal) return answer(ports, context, refusalText(series.title, refusal, notWaiting(series)));
      if (firstHold(await currentPlan(ports), series))
        return answer(ports, context, {
          key: 'broadcast.consent.notApproved',
          params: { title: series.title },
        });
      const change = {
        state: 'active',
        approverId: approver.id,
        approvedHash: series.contentHash,
        approvedAtMs: ports.clock.nowMs(),
        // What passed while it waited is not made up for.
        madeUntilMs: ports.clock.nowMs(),
      } as const;
      if ((await ports.series.update(series.id, series.rev, change)) === 'conflict') continue;
    }
    await audit(ports, context, approver, 'series-approved', series.id, series.contentHash);
    await tellAuthor(ports, series, approver);
    const params = { title: series.title, dates: firstDates(ports, series.rule) };
    return answer(ports, context, { key: 'schedule.series.approved', params });
  }
  throw new Error(`series ${seriesId} keeps changing`);
}

/** An approver gives a series back with a comment. Safe to run twice. */
export async function returnSeries(
  ports: BroadcastPorts,
  context: EffectContext,
  seriesId: string,
  approver: StaffMember,
  comment: string,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series = await ports.series.get(seriesId);
    if (!series) return answer(ports, context, { key: 'broadcast.gone' });
    if (series.state !== 'returned' || series.returnComment !== comment) {
      const refusal = refuseApproval(series, approver, null);
      if (refusal) return answer(ports, context, refusalText(series.title, refusal, notWaiting(series)));
      const change = { state: 'returned', returnComment: comment } as const;
      if ((await ports.series.update(series.id, series.rev, change)) === 'conflict') continue;
    }
    await audit(ports, context, approver, 'series-returned', series.id);
    const author = await ports.staff.get(series.authorId);
    if (author) {
      await notifyStaff(ports, {
        id: `${context.id}.told`,
        staff: author,
        text: {
          key: 'broadcast.returned.told',
          params: { title: series.title, approver: staffName(approver), comment },
        },
        prompt: mendPrompt(ports, series),
        lane: 'reminder',
        dueAtMs: ports.clock.nowMs(),
      });
    }
    return answer(ports, context, { key: 'broadcast.returned.done', params: { title: series.title } });
  }
  throw new Error(`series ${seriesId} keeps changing`);
}

const notWaiting = ({ title }: Series): TextRef => ({ key: 'schedule.series.notWaiting', params: { title } });

async function tellAuthor(ports: BroadcastPorts, series: Series, approver: StaffMember): Promise<void> {
  const author = await ports.staff.get(series.authorId);
  if (!author) return;
  await notifyStaff(ports, {
    id: `${series.id}.approved.${series.contentHash.slice(-12)}`,
    staff: author,
    text: {
      key: 'schedule.series.told',
      params: {
        title: series.title,
        approver: staffName(approver),
        dates: firstDates(ports, series.rule),
      },
    },
    prompt: {
      id: `${series.id}.approved`,
      subject: { kind: 'run', runId: series.id },
      choices: [
        { number: '0', value: 'stop-series', label: ports.texts.render({ key: 'schedule.series.stop' }) },
      ],
    },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}
