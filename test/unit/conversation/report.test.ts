import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseDraft, Effect } from '#src/domain/conversation/types.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { tapPayload } from '#src/domain/text/choices.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';

const handler: StaffMember = {
  id: 'dung',
  name: 'Dũng',
  address: 'anh',
  roles: ['handler'],
  unitId: 'office',
  neighbourhood: null,
  contacts: [],
  active: true,
};

function createdDraft(effects: readonly Effect[]): CaseDraft {
  const created = effects.find((effect) => effect.kind === 'create-case');
  if (!created)
    throw new Error(`no case was created, but ${effects.map((effect) => effect.kind).join(', ')}`);
  return created.draft;
}

describe('a resident who reports', () => {
  it('is asked two questions and shown a summary, whatever came first', () => {
    const person = new Person();
    expect(wordsOf(person.photo())[0]).toContain('Phường thấy ảnh rồi');
    expect(wordsOf(person.say('đèn đường hỏng rồi cháu ơi'))[0]).toContain('Bước 1/2');
    expect(wordsOf(person.say('Tổ 5 Khu 3, đầu ngõ 12'))[0]).toContain('Bước 2/2');
    const summary = wordsOf(person.say('0'))[0] ?? '';
    expect(summary).toContain('Đèn đường hỏng');
    expect(summary).toContain('đầu ngõ 12');
    expect(summary).toContain('1 ảnh');
    expect(summary).toContain('UBND phường Bãi Cháy chỉ dùng để giải quyết việc này');
    const draft = createdDraft(person.say('1'));
    expect(draft).toMatchObject({
      text: 'đèn đường hỏng rồi cháu ơi',
      placeText: 'Tổ 5 Khu 3, đầu ngõ 12',
      phone: null,
    });
    expect(draft.files).toHaveLength(1);
  });

  it('is not asked where when the first words say it', () => {
    const person = new Person();
    expect(wordsOf(person.say('rác chất đống ở đầu ngõ 12 khu 3'))[0]).toContain('Bước 2/2');
  });

  it('is told at once what was understood and that nothing has gone out yet', () => {
    const [first] = wordsOf(new Person().say('den duong tat roi chau oi'));
    expect(first).toContain('Phường hiểu là việc: Đèn đường hỏng.');
    expect(first).toContain('Chưa gửi gì đi');
  });

  it('is asked which of two it is where both fit, the likelier first, and may say that it is neither', () => {
    const person = new Person();
    const effects = person.say('rác với ngập ở khu 3');
    expect(wordsOf(effects)[0]).toContain('Có phải việc này không ạ?');
    const labels = person.conversation.prompts[0]?.choices.map(({ label }) => label) ?? [];
    expect(labels.slice(0, 2).toSorted()).toEqual(['Ngập nước, cống', 'Rác thải']);
    expect(labels.slice(-2)).toEqual(['Việc khác', 'Thôi']);
  });

  it('may tell in several sentences, one right after the other, before the question where is answered', () => {
    const person = new Person();
    person.say('đèn đường hỏng rồi');
    person.nowMs += 3_000;
    expect(wordsOf(person.say('ba hôm nay rồi cháu ạ'))).toEqual([
      expect.stringContaining('đã ghi thêm'),
      expect.stringContaining('Bước 1/2'),
    ]);
    person.nowMs += 30_000;
    expect(wordsOf(person.say('tối om không có đèn đường'))[0]).toContain('đã ghi thêm');
    person.nowMs += 2_000;
    expect(wordsOf(person.say('gần nhà bà Tư'))[0]).toContain('Bước 2/2');
    person.say('0');
    expect(createdDraft(person.say('1'))).toMatchObject({
      text: 'đèn đường hỏng rồi\nba hôm nay rồi cháu ạ\ntối om không có đèn đường',
      placeText: 'gần nhà bà Tư',
    });
  });

  it.each([
    ['Ao Cá', 20_000],
    ['bãi rác Cái Dăm', 61_000],
    ['sau bãi rác', 2_000],
    ['tổ 5 khu 3', 0],
  ])('is believed that “%s” is the place, %i ms after the question', (place, ms) => {
    const person = new Person();
    person.say('đèn đường hỏng rồi');
    person.nowMs += ms;
    expect(wordsOf(person.say(place))[0]).toContain('Bước 2/2');
  });

  it('may send for somebody else, whose name and number only the handler will read, and take that back', () => {
    const person = new Person();
    for (const words of ['đèn đường hỏng ở khu 3', '0']) person.say(words);
    expect(wordsOf(person.say('gửi hộ người khác'))[0]).toContain('gửi hộ ai');
    expect(wordsOf(person.say('0912 345 678'))[0]).toContain('tên người ấy');
    expect(wordsOf(person.say('Bà Tư, sđt 0912 345 678'))[0]).toContain(
      'gửi hộ Bà Tư, gọi lại số 0912345678',
    );
    expect(wordsOf(person.say('gửi cho mình'))[0]).not.toContain('Bà Tư');
    for (const words of ['5', 'Bà Tư']) person.say(words);
    expect(createdDraft(person.say('1'))).toMatchObject({ behalfOf: 'Bà Tư', phone: '0912345678' });
  });

  it('names nobody in what is sent without a name', () => {
    const person = new Person();
    for (const words of ['đèn đường hỏng ở khu 3', '0', '5', 'Bà Tư 0912345678']) person.say(words);
    expect(createdDraft(person.say('gửi không nêu tên'))).toMatchObject({ behalfOf: null, phone: null });
  });

  it('answers an album once', () => {
    const person = new Person();
    expect(person.photo('album')).toHaveLength(1);
    expect(person.photo('album')).toHaveLength(0);
    expect(person.photo('album')).toHaveLength(0);
    person.say('ổ gà to lắm');
    person.say('đường Hạ Long');
    person.say('0');
    expect(createdDraft(person.say('đồng ý và gửi')).files).toHaveLength(3);
  });

  it('is never made to type what was said aloud', () => {
    const person = new Person();
    const words = wordsOf(person.voice());
    expect(words[0]).toContain('không phải gõ lại');
    expect(words[1]).toContain('Bước 1/2');
  });

  it('can go back, change an answer from the summary, and cancel', () => {
    const person = new Person();
    person.say('mất nước');
    person.say('khu 3');
    person.say('0912345678');
    expect(wordsOf(person.say('2'))[0]).toContain('muốn sửa');
    expect(wordsOf(person.say('2'))[0]).toContain('Bước 1/2');
    expect(wordsOf(person.say('khu 5'))[0]).toContain('khu 5');
    expect(wordsOf(person.say('0'))[0]).toContain('chưa gửi gì');
    expect(person.conversation.flow).toBeNull();
  });

  it('keeps words that were no phone number and asks again', () => {
    const person = new Person();
    person.say('mất điện từ sáng');
    person.say('khu 3');
    expect(wordsOf(person.say('cả xóm mất'))[0]).toContain('đã ghi thêm');
    person.say('0');
    expect(createdDraft(person.say('1')).text).toBe('mất điện từ sáng\ncả xóm mất');
  });

  it('answers with taps as with numbers, and an old button gets a kind answer', () => {
    const person = new Person();
    person.say('mất điện ở khu 3');
    const [question] = person.conversation.prompts;
    if (!question) throw new Error('nothing was asked');
    const skip = {
      kind: 'tap',
      payload: tapPayload(question.id, '0'),
      messageId: '7',
      callbackId: 'c',
    } as const;
    expect(wordsOf(person.send(skip))[0]).toContain('xem lại');
    expect(wordsOf(person.send(skip))[0]).toContain('Nút này đã cũ');
  });

  it('hears the emergency numbers first and may still go on', () => {
    const person = new Person();
    const words = wordsOf(person.say('cháy nhà ở khu 3 rồi'));
    expect(words[0]).toContain('114');
    expect(words[1]).toContain('Bước 2/2');
  });

  it('is told how to lodge a denunciation and never that one was received', () => {
    const person = new Person();
    const effects = person.say('Tôi tố cáo ông A nhận tiền');
    expect(wordsOf(effects)[0]).toContain('tin nhắn ở đây không phải là đơn');
    const all = [...effects, ...person.say('1')];
    expect(wordsOf(all).join(' ')).not.toMatch(/đã (tiếp )?nhận/u);
    expect(all.some((effect) => effect.kind === 'create-case')).toBe(false);
    expect(person.conversation.flow).toBeNull();
  });

  it('is not told that a denunciation is locked away where the ward has no key to lock with', () => {
    const kept = wordsOf(new Person().say('Tôi tố cáo ông A nhận tiền')).join(' ');
    const person = new Person();
    person.keepsLocked = false;
    const unkept = wordsOf(person.say('Tôi tố cáo ông A nhận tiền')).join(' ');
    expect(kept).toContain('đã được khóa riêng');
    expect(unkept).not.toContain('khóa');
    expect(unkept).toContain('Phường không lưu lời này');
  });

  it('finds the words written in a group already there', () => {
    const person = new Person({ platform: 'zalo' });
    person.carriedWords = { token: 't', words: 'ngập ở ngõ 4' };
    const effects = person.say('xin chào');
    expect(wordsOf(effects)[0]).toContain('ngập ở ngõ 4');
    expect(effects.at(-1)).toEqual({ kind: 'forget-words', token: 't' });
  });

  it('gets the menu for a greeting and a form for anything else', () => {
    expect(wordsOf(new Person().say('xin chào'))[0]).toContain('Kính chào ông/bà');
    expect(wordsOf(new Person().say('/start'))[0]).toContain('Kính chào ông/bà');
    expect(wordsOf(new Person().say('hàng xóm hát karaoke ồn quá'))[0]).toContain('Bước 1/2');
  });
});

describe('step', () => {
  it('does not let one form throw away another: what was typed stays, and the tapped card stays open', () => {
    const officer = new Person({ staff: handler });
    officer.say('phản ánh');
    officer.say('đèn hỏng trước cổng');
    const card = {
      id: 'card.1',
      subject: { kind: 'case-card', caseId: 'c1' },
      choices: [{ number: '2', value: 'say', label: 'Trả lời' }],
      askedAtMs: 0,
    } as const;
    officer.conversation = { ...officer.conversation, prompts: [...officer.conversation.prompts, card] };
    expect(wordsOf(officer.say('Trả lời'))[0]).toContain('làm dở');
    expect(officer.conversation.flow).toMatchObject({
      name: 'report',
      draft: { text: 'đèn hỏng trước cổng' },
    });
    expect(officer.conversation.prompts).toContainEqual(card);
  });

  it('takes a repeated event in once', () => {
    const person = new Person();
    person.send({ kind: 'text', text: 'mất điện' }, 'same');
    const after = person.conversation;
    expect(person.send({ kind: 'text', text: 'mất điện' }, 'same')).toHaveLength(0);
    expect(person.conversation).toBe(after);
  });

  it('never throws and always answers or keeps what came, whatever people send in any order', () => {
    const content = fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        text: fc.oneof(
          fc.string(),
          fc.constantFrom('0', '1', '2', '9', 'số 1', 'thôi', '/start', 'xem việc', 'đèn hỏng khu 3'),
        ),
      }),
      fc.record({
        kind: fc.constant('file' as const),
        file: fc.record({
          kind: fc.constantFrom('photo' as const, 'voice' as const, 'video' as const, 'document' as const),
          ref: fc.string(),
        }),
      }),
      fc.record({
        kind: fc.constant('location' as const),
        latitude: fc.integer({ min: -90, max: 90 }),
        longitude: fc.integer({ min: -180, max: 180 }),
      }),
      fc.record({ kind: fc.constant('contact' as const), phone: fc.string() }),
      fc.record({ kind: fc.constant('sticker' as const) }),
      fc.record({
        kind: fc.constant('tap' as const),
        payload: fc.string(),
        messageId: fc.string(),
        callbackId: fc.string(),
      }),
    );
    fc.assert(
      fc.property(fc.array(content, { maxLength: 30 }), (messages) => {
        const person = new Person();
        for (const message of messages) {
          const effects = person.send(message);
          for (const text of wordsOf(effects)) expect(text).not.toMatch(/\{\{\w+\}\}/u);
          expect(JSON.parse(JSON.stringify(person.conversation))).toEqual(person.conversation);
        }
      }),
      { numRuns: 300 },
    );
  });
});
