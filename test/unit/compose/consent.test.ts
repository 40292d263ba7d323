import { describe, expect, it } from 'vitest';
import { tapPayload } from '#src/domain/text/choices.ts';
import { type Person, wordsOf } from '#test/support/conversation.ts';
import { draftOf, editor, kinds } from './support.ts';

const PRAISE = 'Bà Nguyễn Thị Lan ở tổ 5 ba năm liền quét dọn ngõ chung, cả khu cùng làm theo.';
const paper = { kind: 'photo', ref: 'paper' } as const;

/** A post of one's own on a topic that is about people, up to the question whether it names one. */
function asked(): Person {
  const person = editor();
  person.say('đăng tin');
  person.say('TT-04');
  person.say('Viết bài khác');
  person.say(PRAISE);
  return person;
}

describe('a post on a topic that is about people', () => {
  it('is asked whether it names somebody, and goes on without another question when it does not', () => {
    const person = asked();
    person.say('Không nêu tên ai');
    const draft = draftOf(person.say('1'), 'preview-run');
    expect(draft.consent).toEqual({ kind: 'names-nobody' });
    expect(kinds(person.say('1'))).toEqual(['submit-run']);
  });

  it('that names somebody says who, how and on what day before it is handed in', () => {
    const person = asked();
    expect(wordsOf(person.say('2'))[0]).toContain('Bài nêu tên ai');
    expect(wordsOf(person.say('bà Nguyễn Thị Lan, tổ 5'))[0]).toContain('bà Nguyễn Thị Lan, tổ 5 đồng ý');
    expect(wordsOf(person.say('bà ấy bảo được'))[0]).toContain('chưa rõ đồng ý ngày nào');
    expect(wordsOf(person.say('ký giấy ngày 12/3'))[0]).toContain('Gửi lúc nào');
    person.say('1');
    expect(draftOf(person.say('1'), 'submit-run').consent).toEqual({
      kind: 'recorded',
      person: 'bà Nguyễn Thị Lan, tổ 5',
      record: 'ký giấy ngày 12/3',
      photo: null,
    });
  });

  it('keeps the day behind "hôm qua", and takes no day that is still to come', () => {
    const person = asked();
    person.say('bà Lan');
    expect(wordsOf(person.say('sẽ ký ngày 20/3'))[0]).toContain('chưa rõ đồng ý ngày nào');
    person.say('nói qua điện thoại hôm qua');
    expect(draftOf(person.say('1'), 'preview-run').consent).toMatchObject({
      record: 'nói qua điện thoại hôm qua (17/3/2024)',
    });
  });

  it('takes a photo of the paper for the consent, and not for a picture of the post', () => {
    const person = asked();
    person.say('bà Lan');
    person.send({ kind: 'file', file: paper });
    const draft = draftOf(person.say('1'), 'preview-run');
    expect(draft.photos).toEqual([]);
    expect(draft.consent).toMatchObject({ kind: 'recorded', person: 'bà Lan', photo: paper });
  });

  it('can be finished before the person was asked, and is not handed in: the form keeps it and asks', () => {
    const person = asked();
    person.say('bà Lan');
    person.say('Để hỏi sau');
    person.say('1');
    const refused = person.say('gửi duyệt');
    expect(kinds(refused)).toEqual(['say']);
    expect(wordsOf(refused)[0]).toContain('cần bà Lan đồng ý đã');
    expect(kinds(person.say('ký giấy hôm nay'))).toEqual(['preview-run', 'say']);
    expect(kinds(person.say('1'))).toEqual(['submit-run']);
  });

  it('is asked again once its words are others, but keeps a consent that was given', () => {
    const changed = (answer: (person: Person) => void) => {
      const person = asked();
      answer(person);
      person.say('1');
      person.say('sửa');
      person.say('1');
      person.say('Ông Trần Văn Bình ở tổ 7 cũng góp công dọn ngõ.');
      return person.say('1');
    };
    expect(wordsOf(changed((person) => person.say('Không nêu tên ai')))[0]).toContain('Chưa gửi duyệt được');
    const kept = changed((person) => {
      person.say('bà Lan');
      person.say('ký giấy 12/3');
    });
    expect(draftOf(kept, 'submit-run').consent).toMatchObject({ person: 'bà Lan' });
  });
});

describe('a post on any other topic', () => {
  it('is not asked, and its editor can say under "Sửa" that it names somebody', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('TT-01');
    person.say('Viết bài khác');
    person.say(PRAISE);
    person.say('1');
    person.say('Sửa');
    person.say('Người được nêu tên');
    person.say('bà Lan');
    person.say('ký giấy 12/3');
    expect(draftOf(person.say('1'), 'submit-run').consent).toMatchObject({ person: 'bà Lan' });
  });

  it('leaves a post of the plan’s library as its file says', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('TT-04');
    person.say('1');
    expect(draftOf(person.say('1'), 'preview-run').consent).toEqual({ kind: 'names-nobody' });
  });
});

describe('taking a consent back', () => {
  it('is a word of the editor’s and a name', () => {
    const person = editor();
    expect(person.say('rút đồng ý')).toEqual([{ kind: 'list-consents' }]);
    const choices = [{ number: '1', value: 'R-1', label: 'bà Lan' }];
    const prompt = { id: 'q', subject: { kind: 'consents' } as const, choices, askedAtMs: person.nowMs };
    person.conversation = { ...person.conversation, prompts: [prompt] };
    const tap = { kind: 'tap', payload: tapPayload('q', '1'), messageId: 'm', callbackId: 'c' } as const;
    expect(person.send(tap)).toEqual([{ kind: 'withdraw-consent', runId: 'R-1' }]);
  });
});
