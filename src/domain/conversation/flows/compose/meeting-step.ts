import { isMeetingTopic } from '../../../broadcast/meeting.ts';
import { localDateOf } from '../../../calendar/local-time.ts';
import { parseDay } from '../../../text/parse-day.ts';
import type { Meeting } from '../../../run.ts';
import { EVERYONE } from '../../../run.ts';
import type { StaffMember } from '../../../staff.ts';
import { fold } from '../../../vietnamese/fold.ts';
import { findNeighbourhoods } from '../../../vietnamese/neighbourhoods.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { withoutNine } from './topic-step.ts';
import { takeFile } from './words-step.ts';

const MAX_NAME_LENGTH = 80;
const MAX_CHAIRS = 20;

function isForMeeting(draft: RunDraft, { plan }: StepContext): boolean {
  const topic = plan.topics.find(({ id }) => id === draft.topicId);
  return topic !== undefined && isMeetingTopic(topic);
}

const EMPTY: Meeting = { day: '', name: '', chairId: '', neighbourhood: null };

const change = (draft: RunDraft, changed: Partial<Meeting>): RunDraft => ({
  ...draft,
  meeting: { ...(draft.meeting ?? EMPTY), ...changed },
});

/** Which meeting and on what day, in one message. */
export const meetingStep: ComposeStepHandler = {
  isNeeded: (draft, context) => isForMeeting(draft, context) && (draft.meeting ?? EMPTY).day === '',
  ask: () => ({ key: 'spoken.ask', choices: [] }),
  choose: () => again(),
  text({ draft }, words, { nowMs }) {
    const today = localDateOf(nowMs);
    const day = parseDay(fold(words), today);
    if (day === null) return again('spoken.dayUnclear');
    if (day < today) return again('spoken.dayPast');
    if (words.length > MAX_NAME_LENGTH) return again('spoken.tooLong');
    return { kind: 'go', step: 'meeting-where', draft: change(draft, { day, name: words }) };
  },
  file: takeFile,
};

export const meetingWhereStep: ComposeStepHandler = {
  isNeeded: () => false,
  ask: () => ({ key: 'spoken.askWhere', choices: [] }),
  choose: () => again(),
  text({ draft }, words, { plan }): ComposeAnswer {
    const meant = findNeighbourhoods(words, plan.neighbourhoods);
    if (meant.kind === 'all')
      return {
        kind: 'go',
        step: 'meeting-chair',
        draft: { ...change(draft, { neighbourhood: null }), audience: EVERYONE },
      };
    const [id, another] = meant.kind === 'some' ? meant.ids : [];
    if (id === undefined || another !== undefined) return again('spoken.whereUnclear');
    const audience = { ...EVERYONE, neighbourhoods: [id] };
    return {
      kind: 'go',
      step: 'meeting-chair',
      draft: { ...change(draft, { neighbourhood: id }), audience },
    };
  },
  file: takeFile,
};

/** The heads of the neighbourhood first. */
export const meetingChairStep: ComposeStepHandler = {
  isNeeded: (draft, context) => isForMeeting(draft, context) && (draft.meeting ?? EMPTY).chairId === '',
  ask: ({ draft }, context) => ({
    key: 'spoken.askChair',
    choices: withoutNine(chairs(draft, context).map(({ id, name }) => ({ value: id, label: name }))),
  }),
  choose({ draft }, value, context) {
    return chairs(draft, context).some(({ id }) => id === value)
      ? { kind: 'next', draft: { ...change(draft, { chairId: value }), sendAtMs: null, repeat: null } }
      : again();
  },
  text: () => again('compose.numberUnclear'),
  file: takeFile,
};

function chairs({ meeting }: RunDraft, { people }: StepContext): readonly StaffMember[] {
  const near = ({ neighbourhood }: StaffMember): number =>
    neighbourhood !== null && neighbourhood === (meeting?.neighbourhood ?? '')
      ? 0
      : neighbourhood === null
        ? 1
        : 2;
  return (people ?? [])
    .filter((one) => one.active && one.contacts.length > 0 && near(one) < 2)
    .toSorted((a, b) => near(a) - near(b) || a.name.localeCompare(b.name, 'vi'))
    .slice(0, MAX_CHAIRS);
}
