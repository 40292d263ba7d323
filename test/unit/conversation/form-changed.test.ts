import { describe, expect, it } from 'vitest';
import type { FlowState } from '#src/domain/conversation/flow-state.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';

/** How far each of them has come when the new release starts, and what that has put into the draft. */
const MOMENTS: readonly (readonly string[])[] = [
  ['đèn đường hỏng'],
  ['đèn đường hỏng', 'Tổ 5 Khu 3'],
  ['đèn đường hỏng', 'Tổ 5 Khu 3', '0912345678'],
  ['đèn đường hỏng', 'Tổ 5 Khu 3', '0912345678', '2'],
];

/** The session as another release left it: of another version, with a step that this one does not know. */
const older = (flow: FlowState | null): FlowState =>
  ({ ...flow, version: 0, step: 'asked-otherwise', ofOld: true }) as unknown as FlowState;

describe('a form that is changed while 100 people are in the middle of it', () => {
  const people = Array.from({ length: 100 }, (_, index) => {
    const person = new Person();
    for (const words of MOMENTS[index % MOMENTS.length] ?? []) person.say(words);
    const { flow } = person.conversation;
    const draft = flow?.name === 'report' ? flow.draft : null;
    person.conversation = { ...person.conversation, flow: older(flow) };
    return { person, draft };
  });

  it('tells each kindly, loses no answer, and lets each finish', () => {
    for (const { person, draft } of people) {
      const [told] = wordsOf(person.say('nhờ phường xem giúp'));
      expect(told).toContain('không phải viết lại');
      for (let turn = 0; turn < 4 && person.conversation.flow !== null; turn += 1) {
        const { flow } = person.conversation;
        const step = flow.name === 'report' ? flow.step : '';
        const answers: Readonly<Record<string, string>> = { place: 'Tổ 5 Khu 3', phone: '0', summary: '1' };
        person.say(answers[step] ?? '1');
      }
      const created = person.conversation.effects.map(({ effect }) => effect);
      const sent = created.find((effect) => effect.kind === 'create-case');
      expect(sent?.draft.text).toContain(draft?.text);
      expect(sent?.draft.text).toContain('nhờ phường xem giúp');
      expect(sent?.draft.placeText).toBe('Tổ 5 Khu 3');
      expect(sent?.draft.phone).toBe(draft?.phone);
    }
  });
});
