import { consentWords } from '#src/domain/broadcast/consent.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { PromptToOpen } from '#src/domain/outbound.ts';
import { wordsOf } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { notifyStaff } from '../../send/notify.ts';
import { type BroadcastPorts, staffName } from '../ports.ts';
import { firstDates } from './first-dates.ts';

/** Asks every approver but the author, with each of the posts and the first dates above the question. Asks nobody twice. */
export async function askSeriesApproval(
  ports: BroadcastPorts,
  series: Series,
  author: StaffMember,
): Promise<number> {
  const approvers = (await ports.staff.withRole('approver')).filter((one) => one.id !== author.id);
  const notice = seriesNotice(ports, series, author);
  let asked = 0;
  for (const approver of approvers) {
    const notified = await notifyStaff(ports, {
      id: `${notice.prompt.id}.${approver.id}`,
      staff: approver,
      ...notice,
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
    if (notified.kind !== 'no-contact') asked += 1;
  }
  return asked;
}

/** The question with all that it is about. */
export function seriesNotice(ports: BroadcastPorts, series: Series, author: StaffMember) {
  const render = (ref: TextRef) => ports.texts.render(ref);
  return {
    text: {
      key: 'schedule.series.ask',
      params: {
        consent: [...new Set(series.posts.map(({ consent }) => consentWords(render, consent)))].join(''),
        words: series.posts.map((post) => wordsOf(post.renderings.telegram)).join('\n\n———\n\n'),
        title: series.title,
        topic: series.topicId,
        author: staffName(author),
        dates: firstDates(ports, series.rule),
      },
    },
    prompt: {
      id: `${series.id}.ask.${series.contentHash.slice(-12)}`,
      subject: { kind: 'approval', runId: series.id, contentHash: series.contentHash },
      choices: [
        { number: '1', value: 'approve', label: render({ key: 'broadcast.approval.approve' }) },
        { number: '2', value: 'return', label: render({ key: 'broadcast.approval.return' }) },
      ],
    } satisfies PromptToOpen,
  };
}
