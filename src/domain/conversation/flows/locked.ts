import type { AnswerPrompt, Command } from '../flow.ts';

/** Only for staff a command; whether somebody may read is for the effect to decide, and to write down. */
export const lockedCommand: Command = {
  words: ['tinkhoa', 'tin khoa', 'tin khoa rieng'],
  run: ({ staff }) => (staff === null ? null : { flow: null, effects: [{ kind: 'list-locked' }] }),
};

export const lockedPrompt: AnswerPrompt = ({ subject }, value) =>
  subject.kind === 'locked' ? { flow: null, effects: [{ kind: 'open-locked', handle: value }] } : null;
