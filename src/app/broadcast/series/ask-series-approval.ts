import { consentWords } from '#src/domain/broadcast/consent.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { wordsOf } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { type ApprovalNotice, approvalPrompt, askApprovers } from '../ask-approvers.ts';
import { staffName } from '../../present.ts';
import { type BroadcastPorts } from '../ports.ts';
import { firstDates } from './first-dates.ts';

/** Asks every approver but the author, with each of the posts and the first dates above the question. Asks nobody twice. */
export async function askSeriesApproval(
  ports: BroadcastPorts,
  series: Series,
  author: StaffMember,
): Promise<number> {
  return askApprovers(ports, author.id, seriesNotice(ports, series, author));
}

/** The question with all that it is about. */
export function seriesNotice(ports: BroadcastPorts, series: Series, author: StaffMember): ApprovalNotice {
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
    prompt: approvalPrompt(ports, series),
  };
}
