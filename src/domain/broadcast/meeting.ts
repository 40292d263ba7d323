import type { TextRef } from '../conversation/types.ts';
import type { Plan, Topic } from '../plan.ts';
import type { Meeting } from '../run.ts';
import { fold } from '../vietnamese/fold.ts';
import { dayWords } from './labels.ts';

/** A topic that people speak of in meetings and the bot carries nowhere: the plan names no other way for it. */
export function isMeetingTopic({ channels, channelsNamed }: Topic): boolean {
  return channels.length === 0 && channelsNamed.some((name) => /\b(?:hop|hoi nghi)\b/u.test(fold(name)));
}

/** "Họp khu phố tháng 3, thứ Sáu 22/3, Khu 3": the meeting in one line. */
export function meetingWords(text: (ref: TextRef) => string, plan: Plan, meeting: Meeting): string {
  const { name, day, neighbourhood } = meeting;
  const where =
    neighbourhood === null
      ? text({ key: 'spoken.wholeWard' })
      : (plan.neighbourhoods.find(({ id }) => id === neighbourhood)?.name ?? neighbourhood);
  return text({ key: 'spoken.words', params: { name, day: dayWords(text, day), where } });
}
