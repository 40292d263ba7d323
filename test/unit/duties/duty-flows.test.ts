import { describe, expect, it } from 'vitest';
import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Effect, OpenPrompt } from '#src/domain/conversation/types.ts';
import type { DoneBy } from '#src/domain/done-by.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';
import { dung, head, human, texts } from './duty-world.ts';

/** Staff with a reminder open before them, on Monday 18/3/2024 at 10:00. */
function remindedPerson(doneBy?: DoneBy): Person {
  const person = new Person({ staff: dung, platform: 'zalo' });
  const prompt: OpenPrompt = {
    id: 'duty.DL-2.2024.0.dung',
    subject: { kind: 'duty', dutyId: 'DL-2.2024', ...(doneBy && { doneBy }) },
    choices: dutyChoices('responsible', (ref) => texts.render(ref)),
    askedAtMs: person.nowMs,
  };
  person.conversation = { ...person.conversation, prompts: [prompt] };
  return person;
}

const action = (effects: readonly Effect[]) => effects.find((effect) => effect.kind === 'duty-action');

describe('a reminder', () => {
  it.each([
    ['1', 'acknowledge'],
    ['đã xem', 'acknowledge'],
    ['da xem', 'acknowledge'],
    ['số 1 ạ', 'acknowledge'],
    ['4', 'help'],
    ['Cần hỗ trợ', 'help'],
  ])('is answered by “%s”', (words, expected) => {
    expect(action(remindedPerson().say(words))).toEqual({
      kind: 'duty-action',
      dutyId: 'DL-2.2024',
      action: expected,
    });
  });

  it('has at most five buttons of at most twenty letters', () => {
    for (const audience of ['responsible', 'head', 'chairperson'] as const) {
      const choices = dutyChoices(audience, (ref) => texts.render(ref));
      expect(choices.length).toBeLessThanOrEqual(5);
      for (const choice of choices) expect(choice.label.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('“Giao người khác”', () => {
  const person = (): Person => {
    const leader = new Person({ staff: head, platform: 'zalo' });
    const prompts: OpenPrompt[] = [
      {
        id: 'duty.DL-2.2024.1.hoa',
        subject: { kind: 'duty', dutyId: 'DL-2.2024' },
        choices: dutyChoices('head', (ref) => texts.render(ref)),
        askedAtMs: leader.nowMs,
      },
    ];
    leader.conversation = { ...leader.conversation, prompts };
    return leader;
  };
  const picking = (leader: Person): void => {
    const prompts: OpenPrompt[] = [
      {
        id: 'e1.pick',
        subject: { kind: 'duty-pick', dutyId: 'DL-2.2024' },
        choices: [{ number: '1', value: 'nam', label: 'Bùi Văn Nam' }],
        askedAtMs: leader.nowMs,
      },
    ];
    leader.conversation = { ...leader.conversation, prompts };
  };

  it('lists who can have it, asks why, and gives it away only with a reason', () => {
    const leader = person();
    expect(leader.say('giao người khác')).toEqual([{ kind: 'pick-assignee', dutyId: 'DL-2.2024' }]);
    picking(leader);
    expect(wordsOf(leader.say('1'))).toEqual([
      'Vì sao đổi người? Xin nhắn một câu ngắn, người liên quan sẽ đọc.',
    ]);
    expect(leader.say('anh Dũng đi công tác')).toEqual([
      { kind: 'assign-duty', dutyId: 'DL-2.2024', toId: 'nam', reason: 'anh Dũng đi công tác' },
    ]);
  });

  it('left with 0 changes nothing', () => {
    const leader = person();
    picking(leader);
    leader.say('1');
    expect(wordsOf(leader.say('0'))).toEqual(['Chưa đổi gì. Việc vẫn như cũ.']);
  });
});

describe('“Để sau”', () => {
  it.each([
    ['1', '2024-03-18 13:30'],
    ['2', '2024-03-19 07:30'],
  ])('answered by %s means %s', (words, until) => {
    const person = remindedPerson();
    expect(wordsOf(person.say('2'))).toEqual(['Nhắc lại lúc nào?']);
    const effect = action(person.say(words));
    expect(effect).toMatchObject({ action: 'snooze' });
    expect(human(effect?.untilMs ?? 0)).toBe(until);
  });

  it.each([
    ['25/3', '2024-03-25 07:30'],
    ['thứ sáu', '2024-03-22 07:30'],
    ['t6', '2024-03-22 07:30'],
    ['ngày 2 tháng 4', '2024-04-02 07:30'],
    ['ngày kia', '2024-03-20 07:30'],
  ])('takes the day named by “%s”', (words, until) => {
    const person = remindedPerson();
    person.say('2');
    person.say('3');
    expect(human(action(person.say(words))?.untilMs ?? 0)).toBe(until);
  });

  it('asks again for a day that is unclear or over, goes back, and can be left', () => {
    const person = remindedPerson();
    person.say('2');
    person.say('3');
    expect(wordsOf(person.say('hôm nào rảnh'))[0]).toContain('chưa rõ ngày nào');
    expect(wordsOf(person.say('15/3'))[0]).toContain('Ngày đó qua rồi');
    expect(wordsOf(person.say('9'))).toEqual(['Nhắc lại lúc nào?']);
    expect(wordsOf(person.say('0'))).toEqual(['Chưa hẹn gì. Việc vẫn nhắc như cũ.']);
    expect(person.conversation.flow).toBeNull();
  });
});

describe('“Đã làm xong”', () => {
  it.each(['125/BC-UBND ngày 8/5', 'Số 125 hôm qua', 'bc 125'])('takes “%s” as the document', (proof) => {
    const person = remindedPerson();
    expect(wordsOf(person.say('3'))[0]).toContain('văn bản số mấy');
    expect(action(person.say(proof))).toMatchObject({ action: 'done', proof });
  });

  it('takes other words when they are meant so', () => {
    const person = remindedPerson();
    person.say('3');
    expect(wordsOf(person.say('gửi qua trục rồi'))[0]).toContain('chưa thấy số văn bản');
    expect(action(person.say('1'))).toMatchObject({ action: 'done', proof: 'gửi qua trục rồi' });
  });

  it('can be skipped, and left without being done', () => {
    const skipping = remindedPerson();
    skipping.say('3');
    expect(action(skipping.say('8'))).toEqual({ kind: 'duty-action', dutyId: 'DL-2.2024', action: 'done' });
    const leaving = remindedPerson();
    leaving.say('3');
    expect(wordsOf(leaving.say('0'))[0]).toContain('Chưa ghi là xong');
  });

  it('takes a photo with the number below it as the whole answer', () => {
    const person = remindedPerson();
    person.say('3');
    const file = { kind: 'photo', ref: 'p' } as const;
    expect(action(person.send({ kind: 'file', file, caption: 'số 45/BC-UBND ngày 8/5' }))).toMatchObject({
      action: 'done',
      proof: 'số 45/BC-UBND ngày 8/5',
      files: [file],
    });
  });

  it('collects photos and files without a word for each, and takes what is said then, or nothing', () => {
    const withWords = remindedPerson();
    withWords.say('3');
    expect(wordsOf(withWords.photo('album'))[0]).toContain('Văn bản số mấy');
    expect(withWords.photo('album')).toEqual([]);
    const pdf = { kind: 'document', ref: 'd', name: 'bao-cao.pdf' } as const;
    expect(withWords.send({ kind: 'file', file: pdf })).toEqual([]);
    const said = action(withWords.say('gửi qua trục rồi'));
    expect(said).toMatchObject({ action: 'done', proof: 'gửi qua trục rồi' });
    expect(said?.files?.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'document']);

    const silent = remindedPerson();
    silent.say('3');
    silent.photo();
    const skipped = action(silent.say('8'));
    expect(skipped).toMatchObject({ action: 'done', files: [{ kind: 'photo' }] });
    expect(skipped).not.toHaveProperty('proof');
  });

  it('waits for the rest of an album that has the number below its first photo', () => {
    const person = remindedPerson();
    person.say('3');
    const file = { kind: 'photo', ref: 'p' } as const;
    const first = person.send({ kind: 'file', file, albumId: 'a', caption: 'số 45 ngày 8/5' });
    expect(wordsOf(first)[0]).toContain('Gửi đủ thì nhắn 1');
    expect(person.photo('a')).toEqual([]);
    const sent = action(person.say('1'));
    expect(sent).toMatchObject({ action: 'done', proof: 'số 45 ngày 8/5' });
    expect(sent?.files).toHaveLength(2);
  });

  it.each([
    ['a voice message', { kind: 'voice', ref: 'v' }],
    ['a program', { kind: 'document', ref: 'x', name: 'bao-cao.exe' }],
  ] as const)('says what it takes when %s comes', (_, file) => {
    const person = remindedPerson();
    person.say('3');
    expect(wordsOf(person.send({ kind: 'file', file }))[0]).toContain('Máy nhận ảnh');
    expect(person.conversation.flow).toMatchObject({ name: 'duty-proof' });
  });
});

describe('what was laid down to show that a duty is done', () => {
  const doneWith = (doneBy: DoneBy): Person => {
    const person = remindedPerson(doneBy);
    person.say('3');
    return person;
  };
  const asked = (doneBy: DoneBy): string => wordsOf(remindedPerson(doneBy).say('3'))[0] ?? '';

  it.each([
    ['document', 'văn bản số mấy'],
    ['file', 'gửi tệp vào đây'],
    ['photo', 'gửi ảnh chụp việc đã làm'],
    ['word', 'nhắn một câu'],
  ] as const)('is asked for: %s', (kind, words) => {
    expect(asked({ kind })).toContain(words);
  });

  it.each(['file', 'photo'] as const)('as a %s is enough without a number, be it one or several', (kind) => {
    const person = doneWith({ kind });
    expect(wordsOf(person.photo('album'))[0]).toContain('Gửi đủ thì nhắn 1');
    expect(person.photo('album')).toEqual([]);
    const sent = action(person.say('1'));
    expect(sent).toMatchObject({ action: 'done', files: [{}, {}] });
    expect(sent).not.toHaveProperty('proof');
  });

  it.each([
    ['file', 'chưa thấy tệp'],
    ['photo', 'chưa thấy ảnh'],
  ] as const)('is missed where only words come instead of a %s, and they may stand', (kind, said) => {
    const person = doneWith({ kind });
    expect(wordsOf(person.say('đã thay bóng đèn'))[0]).toContain(said);
    expect(action(person.say('1'))).toMatchObject({ action: 'done', proof: 'đã thay bóng đèn' });
  });

  it('is any sentence where a sentence is enough', () => {
    expect(action(doneWith({ kind: 'word' }).say('đã họp xong'))).toMatchObject({ proof: 'đã họp xong' });
  });

  it('is all of a list, at one tap', () => {
    const list = { kind: 'checklist', items: ['Gửi dự thảo', 'Tổng hợp ý kiến', 'Nói lại'] } as const;
    expect(asked(list)).toContain('– Gửi dự thảo\n– Tổng hợp ý kiến\n– Nói lại');
    expect(action(doneWith(list).say('đủ cả rồi'))).toMatchObject({ action: 'done', proof: 'đủ 3 mục' });
  });

  it.each(['2, 3', '2 và 3'])(
    'leaves a duty open while “%s” of its list are missing, and notes which',
    (named) => {
      const list = { kind: 'checklist', items: ['Gửi dự thảo', 'Tổng hợp ý kiến', 'Nói lại'] } as const;
      const person = doneWith(list);
      expect(wordsOf(person.say('2'))[0]).toContain('Mục nào còn thiếu');
      expect(action(person.say(named))).toEqual({
        kind: 'duty-action',
        dutyId: 'DL-2.2024',
        action: 'progress',
        note: 'còn thiếu: Tổng hợp ý kiến; Nói lại',
      });
      const one = doneWith(list);
      one.say('2');
      expect(wordsOf(one.say('hết rồi'))[0]).toContain('Mục nào còn thiếu');
      expect(action(one.say('1'))?.note).toBe('còn thiếu: Gửi dự thảo');
    },
  );
});

describe('“việc của tôi”', () => {
  it.each(['viec', 'việc của tôi', '/viec', '#viec'])('by “%s” lists the work of staff', (words) => {
    expect(new Person({ staff: dung }).say(words)).toEqual([{ kind: 'list-work' }]);
  });

  it('lists nothing for residents', () => {
    expect(new Person().say('việc của tôi').map((effect) => effect.kind)).not.toContain('list-work');
  });
});
