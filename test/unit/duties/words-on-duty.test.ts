import { describe, expect, it } from 'vitest';
import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Effect, OpenPrompt } from '#src/domain/conversation/types.ts';
import type { DutyAudience } from '#src/domain/duty.ts';
import { atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import { dutyWords } from '#src/domain/vietnamese/duty-words.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';
import { Person } from '#test/support/conversation.ts';
import { at, dung, texts } from './duty-world.ts';

/** On Monday 18/3/2024 at 10:00. */
function reminded(audience: DutyAudience = 'responsible', list = false): Person {
  const person = new Person({ staff: dung, platform: 'zalo' });
  const prompt: OpenPrompt = {
    id: 'p',
    subject: list
      ? { kind: 'duty-list', reminders: ['DL-1.2024.7', 'NV-1.2024-03-20.1'] }
      : { kind: 'duty', dutyId: 'DL-1.2024' },
    choices: list
      ? [{ number: '3', value: 'all', label: 'Đã xem' }]
      : dutyChoices(audience, (ref) => texts.render(ref)),
    askedAtMs: person.nowMs,
  };
  person.conversation = { ...person.conversation, prompts: [prompt] };
  return person;
}

const spoken = (effects: readonly Effect[]): string =>
  effects.map((effect) => (effect.kind === 'say' ? texts.render(effect.text) : '')).join('\n');

describe('what people write below a reminder', () => {
  it.each(['xong', 'đã xong', 'Xong rồi', 'dạ em xong rồi ạ', 'hoàn thành', 'đã nộp rồi', 'làm xong'])(
    '“%s” says that it is done, and is asked what shows it',
    (words) => {
      expect(spoken(reminded().say(words))).toContain('văn bản số mấy');
    },
  );

  it.each(['chưa xong', 'em đang làm, tuần sau xong', 'sắp xong rồi ạ', 'vẫn đang soạn'])(
    '“%s” is noted as it was said, and nothing else',
    (words) => {
      expect(reminded().say(words)).toEqual([
        { kind: 'duty-action', dutyId: 'DL-1.2024', action: 'progress', note: words },
      ]);
    },
  );

  it.each([
    ['để mai', '2024-03-19'],
    ['nhắc lại thứ Năm nhé', '2024-03-21'],
    ['hẹn thứ Hai tuần sau', '2024-03-25'],
  ])('“%s” puts it off to that day', (words, day) => {
    const [effect] = reminded().say(words);
    expect(effect).toMatchObject({ action: 'snooze' });
    const untilMs = effect?.kind === 'duty-action' && effect.action === 'snooze' ? (effect.untilMs ?? 0) : 0;
    expect(localDateOf(untilMs)).toBe(day);
  });

  it.each(['để tuần sau', 'để sau', 'nhắc lại chiều nay'])('“%s” is asked until when', (words) => {
    expect(spoken(reminded().say(words))).toContain('Nhắc lại lúc nào?');
  });

  it.each(['cần giúp', 'giúp với', 'nhờ hỗ trợ em với'])('“%s” asks for help', (words) => {
    expect(reminded().say(words)).toMatchObject([{ action: 'help' }]);
  });

  it.each(['biết rồi', 'dạ em nhận', 'rõ', 'ok', '👍', 'vâng'])('“%s” has seen it', (words) => {
    expect(reminded().say(words)).toMatchObject([{ action: 'acknowledge' }]);
    expect(reminded('head').say('biết rồi')).toMatchObject([{ action: 'acknowledge' }]);
  });

  it('a document’s number and day alone are the answer to “what shows it”', () => {
    expect(reminded().say('số 45/BC-UBND ngày 8/3')).toEqual([
      { kind: 'duty-action', dutyId: 'DL-1.2024', action: 'done', proof: 'số 45/BC-UBND ngày 8/3' },
    ]);
    const unsure = reminded().say('chưa nhận được số 45/BC-UBND ngày 8/3');
    expect(unsure.map(({ kind }) => kind)).toEqual(['say']);
  });

  it('anything else is answered with what can be said of it, and a number means that then', () => {
    const person = reminded();
    const effects = person.say('chuyển cho anh Hùng');
    expect(spoken(effects)).toContain('Với việc vừa nhắc, xin chọn một dòng');
    expect(person.say('4')).toMatchObject([{ action: 'help', dutyId: 'DL-1.2024' }]);
  });

  it('below a list “xong” closes nothing and acknowledges nothing: which one is asked', () => {
    expect(spoken(reminded('responsible', true).say('xong'))).toContain('Việc nào?');
    expect(reminded('responsible', true).say('biết rồi')).toMatchObject([{ kind: 'acknowledge-duties' }]);
  });

  it('below one that was opened from a list answers it once: the next number means the list again', () => {
    const person = reminded('responsible', true);
    const [list] = person.conversation.prompts;
    const opened: OpenPrompt = {
      id: 'o',
      subject: { kind: 'listed-duty', dutyId: 'DL-1.2024' },
      choices: dutyChoices('responsible', (ref) => texts.render(ref)),
      askedAtMs: person.nowMs,
    };
    person.conversation = { ...person.conversation, prompts: [opened, ...(list ? [list] : [])] };
    expect(person.say('biết rồi')).toMatchObject([{ action: 'acknowledge', dutyId: 'DL-1.2024' }]);
    expect(person.say('3')).toMatchObject([{ kind: 'acknowledge-duties' }]);
  });

  it('stay in the form that was being filled in when the reminder came', () => {
    const person = reminded();
    const [reminder] = person.conversation.prompts;
    person.say('phản ánh');
    expect(person.conversation.flow?.name).toBe('report');
    const prompts = [...(reminder ? [reminder] : []), ...person.conversation.prompts];
    person.conversation = { ...person.conversation, prompts };
    const effects = person.say('Đang làm đường ở Khu 5 thì vỡ ống nước');
    expect(effects.map(({ kind }) => kind)).not.toContain('duty-action');
    expect(JSON.stringify(person.conversation.flow)).toContain('vỡ ống nước');
  });

  it.each(['xong', 'đã xong', 'xong rồi ạ'])('“%s” below the card of a case reports it done', (words) => {
    const person = new Person({ staff: { ...dung, roles: ['handler'] } });
    const acts = ['take', 'say', 'ask', 'propose', 'more'];
    const card: OpenPrompt = {
      id: 'c',
      subject: { kind: 'case-card', caseId: 'c1', state: 'new' },
      choices: acts.map((value, index) => ({ number: String(index + 1), value, label: value })),
      askedAtMs: person.nowMs,
    };
    person.conversation = { ...person.conversation, prompts: [card] };
    expect(spoken(person.say(words))).toContain('Kết quả thế nào?');
    person.conversation = { ...person.conversation, flow: null, prompts: [card] };
    expect(person.say('ok')).toMatchObject([{ kind: 'case-act', act: 'take' }]);
  });

  it('is about the reminder no more when some days have gone', () => {
    const person = reminded();
    person.nowMs = at('2024-03-25 10:00');
    expect(spoken(person.say('chuyển cho anh Hùng'))).toContain('Máy chưa hiểu');
    expect(person.nowMs).toBeGreaterThan(atLocal('2024-03-25', '09:00'));
  });

  it.each(['nhờ bà Lan xem hộ', 'hẹn gặp', 'xong việc này thì sao', 'để xem', 'đang họp'])(
    '“%s” says nothing that is sure',
    (words) => {
      expect(dutyWords(fold(words))).toBeNull();
    },
  );
});
