import { describe, expect, it } from 'vitest';
import type { CorrectionDraft } from '#src/domain/conversation/types.ts';
import { Person } from '#test/support/conversation.ts';
import { choicesOf, editor, kinds, staffWith } from './support.ts';

/** An editor with the summary of a run before them. */
function afterRun(person: Person = editor()): Person {
  const choices = [{ number: '1', value: 'correct', label: 'Đính chính' }];
  const prompt = {
    id: 'r1.done',
    subject: { kind: 'run', runId: 'r1' } as const,
    choices,
    askedAtMs: person.nowMs,
  };
  person.conversation = { ...person.conversation, prompts: [prompt] };
  return person;
}

const draft: CorrectionDraft = { runId: 'r1', body: 'Họp 19 giờ.', reason: 'sai giờ' };

describe('the form of a correction', () => {
  it('asks for the right text, why, and a look; then it goes to somebody else', () => {
    const person = afterRun();
    expect(person.say('1')[0]).toEqual({ kind: 'open-correction', runId: 'r1' });
    person.say(draft.body);
    expect(person.say(draft.reason)[0]).toEqual({ kind: 'preview-correction', draft });
    expect(person.say('1')).toEqual([{ kind: 'submit-correction', draft }]);
    expect(person.conversation.flow).toBeNull();
  });

  it('goes back, mends the words and keeps the reason', () => {
    const person = afterRun();
    person.say('Đính chính');
    person.say('Họp 18 giờ.');
    person.say(draft.reason);
    person.say('2');
    expect(person.say(draft.body)[0]).toEqual({ kind: 'preview-correction', draft });
    person.say('9');
    expect(person.say('sai địa điểm')[0]).toEqual({
      kind: 'preview-correction',
      draft: { ...draft, reason: 'sai địa điểm' },
    });
  });

  it('is left with 0 at any step, and nothing has changed', () => {
    const person = afterRun();
    person.say('1');
    expect(kinds(person.say('0'))).toEqual(['say']);
    expect(person.conversation.flow).toBeNull();
  });

  it('is begun by a word, over the list of the last runs', () => {
    const person = editor();
    expect(person.say('đính chính')).toEqual([{ kind: 'list-runs' }]);
    expect(editor().say('/dinhchinh')).toEqual([{ kind: 'list-runs' }]);
    const choices = [{ number: '1', value: 'r7', label: '18/3 Lịch họp' }];
    const prompt = { id: 'p', subject: { kind: 'run-list' } as const, choices, askedAtMs: person.nowMs };
    person.conversation = { ...person.conversation, prompts: [prompt] };
    expect(person.say('1')[0]).toEqual({ kind: 'open-correction', runId: 'r7' });
  });

  it('is for editors alone', () => {
    const leader = afterRun(new Person({ staff: staffWith('leader') }));
    expect(kinds(leader.say('1'))).toEqual(['say']);
    expect(leader.conversation.flow).toBeNull();
  });

  it('asks one question at a time, each with a way out', () => {
    const person = afterRun();
    for (const words of ['1', draft.body, draft.reason]) {
      expect(choicesOf(person.say(words)).some((choice) => choice.number === '0')).toBe(true);
    }
  });
});
