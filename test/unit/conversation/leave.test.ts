import { describe, expect, it } from 'vitest';
import { parseLeave } from '#src/domain/conversation/parse-leave.ts';
import { fold } from '#src/domain/vietnamese/fold.ts';
import { Person } from '#test/support/conversation.ts';
import { staffWith } from '../compose/support.ts';

const TODAY = '2024-11-25';
const parsed = (words: string) => parseLeave(fold(words), TODAY);

describe('leave as people say it', () => {
  it.each([
    ['nghỉ đến 30/11', TODAY, '2024-11-30'],
    ['Nghỉ từ 25/11 đến 30/11', TODAY, '2024-11-30'],
    ['nghi tu 28/11 den het 2/12', '2024-11-28', '2024-12-02'],
    ['nghỉ từ thứ hai đến thứ sáu tuần sau', '2024-12-02', '2024-12-06'],
    ['nghỉ từ thứ ba tuần tới đến thứ năm', '2024-12-03', '2024-12-05'],
    ['nghỉ thứ tư 27/11', '2024-11-27', '2024-11-27'],
    ['xin nghỉ phép đến hết ngày 30/11', TODAY, '2024-11-30'],
    ['em xin nghỉ mai', '2024-11-26', '2024-11-26'],
    ['nghỉ ốm hôm nay', TODAY, TODAY],
    ['nghỉ đến thứ sáu', TODAY, '2024-11-29'],
    ['nghỉ từ 28/12 đến 3/1', '2024-12-28', '2025-01-03'],
  ])('%s', (words, from, to) => {
    expect(parsed(words)).toEqual({ kind: 'leave', from, to });
  });

  it.each(['đi làm lại', 'tôi đi làm rồi ạ', 'hết phép'])('is over: %s', (words) => {
    expect(parsed(words)).toEqual({ kind: 'back' });
  });

  it.each(['nghỉ phép', 'nghỉ đến 30/2', 'nghỉ từ 30/11 đến 28/11', 'nghỉ đến hôm qua'])(
    'is asked about again where its days are not clear: %s',
    (words) => {
      expect(parsed(words)).toEqual({ kind: 'unclear' });
    },
  );

  it.each(['nghỉ bán hàng rong cả phố', 'nghị quyết đến 30/11', 'đề nghị làm lại', 'họp đến 30/11'])(
    'is not read into words about something else: %s',
    (words) => {
      expect(parsed(words)).toBeNull();
    },
  );

  it('is for staff: the same words of a resident are theirs', () => {
    expect(new Person({ staff: staffWith('handler') }).say('nghỉ đến 30/3')).toEqual([
      { kind: 'take-leave', leave: { from: '2024-03-18', to: '2024-03-30' } },
    ]);
    expect(new Person().say('nghỉ đến 30/3').map(({ kind }) => kind)).not.toContain('take-leave');
  });
});

describe('“duyệt” while two posts wait', () => {
  const approval = (id: string, label = 'Duyệt') => ({
    id,
    askedAtMs: 0,
    subject: { kind: 'approval', runId: id, contentHash: `hash ${id}` } as const,
    choices: [{ number: '1', value: 'approve', label }],
  });
  const approver = (...prompts: readonly ReturnType<typeof approval>[]): Person => {
    const person = new Person({ staff: staffWith('approver') });
    person.conversation = { ...person.conversation, prompts };
    return person;
  };

  it('approves neither: all that waits comes in one list', () => {
    for (const words of ['Duyệt', 'duyet', 'DUYỆT'])
      expect(approver(approval('a'), approval('b')).say(words)).toEqual([{ kind: 'list-approvals' }]);
  });

  it('approves the one that the label names, the one that was asked last by its number, and the only one', () => {
    const runOf = (person: Person, words: string) => person.say(words)[0];
    const opened = approval('a', 'Duyệt Họp khu 3');
    expect(runOf(approver(opened, approval('b'), approval('a')), 'Duyệt Họp khu 3')).toMatchObject({
      runId: 'a',
    });
    for (const words of ['1', '1 Duyệt'])
      expect(runOf(approver(approval('b'), approval('a')), words)).toMatchObject({ runId: 'b' });
    expect(runOf(approver(approval('a')), 'Duyệt')).toMatchObject({ runId: 'a' });
  });
});
