import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '#src/domain/conversation/types.ts';
import { EVERYONE } from '#src/domain/run.ts';
import { tapPayload } from '#src/domain/text/choices.ts';
import { plan, posts, wordsOf } from '#test/support/conversation.ts';
import { atPreview, choicesOf, draftOf, editor, kinds } from './support.ts';

describe('an editor who puts a post together', () => {
  it('chooses a topic, a post of the plan and an hour, sees it, and only then sends it to be approved', () => {
    const person = editor();
    const topics = person.say('đăng tin');
    expect(wordsOf(topics)[0]).toContain('Bước 1/3');
    expect(choicesOf(topics)[0]).toMatchObject({ number: '1', label: 'Luật Thực hiện dân chủ ở cơ sở' });
    const list = person.say('1');
    expect(wordsOf(list)[0]).toContain('Luật Thực hiện dân chủ ở cơ sở');
    const chosen = posts.filter((post) => post.topicId === 'TT-01')[2];
    expect(choicesOf(list)[2]).toMatchObject({ number: '3', label: chosen?.title });
    expect(wordsOf(person.say('số 3 ạ'))[0]).toContain('Gửi lúc nào');
    expect(wordsOf(person.say('2'))[0]).toContain('Ví dụ');
    const preview = person.say('6h30 thứ hai 25/3');
    expect(kinds(preview)).toEqual(['preview-run', 'say']);
    const words = wordsOf(preview)[0] ?? '';
    expect(words).toMatch(/^CHƯA GỬI\. TT-01, bài “/u);
    expect(words).toContain('Gửi 6 giờ 30 thứ Hai 25/3.');
    expect(choicesOf(preview).map((choice) => `${choice.number} ${choice.label}`)).toEqual([
      '1 Gửi duyệt',
      '2 Sửa',
      '3 Lưu nháp',
      '4 Xem từng bản',
      '9 Quay lại',
      '0 Bỏ',
    ]);
    const submitted = person.say('gửi duyệt');
    expect(kinds(submitted)).toEqual(['submit-run']);
    expect(draftOf(submitted, 'submit-run')).toEqual({
      topicId: 'TT-01',
      postId: chosen?.id,
      title: chosen?.title,
      body: chosen?.body,
      photos: [],
      audience: EVERYONE,
      consent: { kind: 'names-nobody' },
      origin: {
        sources: chosen?.sources,
        validFrom: chosen?.validFrom,
        validTo: chosen?.validTo,
        owner: chosen?.owner,
        supersedes: null,
      },
      repeat: null,
      sendAtMs: Date.UTC(2024, 2, 24, 23, 30),
    });
    expect(person.conversation.flow).toBeNull();
  });

  it('offers every topic that the bot can carry or that a chair speaks of in a meeting, and no other', () => {
    const labels = choicesOf(editor().say('/dangtin')).map((choice) => choice.label);
    for (const topic of plan.topics)
      expect(labels.includes(topic.title)).toBe(topic.channels.length > 0 || topic.id === 'TT-09');
  });

  it('reaches the last topic by its number or its code, and never finds one behind 0 or 9', () => {
    const choices = choicesOf(editor().say('dang tin'));
    expect(new Set(choices.map((choice) => choice.number)).size).toBe(choices.length);
    expect(choices.find((choice) => choice.number === '9')).toBeUndefined();
    const last = choices.at(-2);
    const byNumber = editor();
    byNumber.say('dangtin');
    expect(wordsOf(byNumber.say(last?.number ?? ''))[0]).toContain('Bước 2/3');
    const byCode = editor();
    byCode.say('dangtin');
    expect(wordsOf(byCode.say('tt-05'))[0]).toContain('Nếp sống văn minh');
  });

  it('writes a post of their own, with the first line as its title', () => {
    const person = atPreview();
    const draft = draftOf(person.say('1'), 'submit-run');
    expect(draft).toMatchObject({ title: 'Mời bà con họp khu phố.', postId: null, sendAtMs: null });
    expect(draft.body).toContain('19 giờ tối thứ Sáu');
  });

  it('gets a title of at most 80 characters that is the beginning of the body, so that it is never sent twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (more) => {
        const draft = draftOf(atPreview(`Kính mời ${more} họp`).say('1'), 'submit-run');
        expect(draft.title.length).toBeLessThanOrEqual(80);
        expect(draft.title).not.toBe('');
        expect(draft.body.startsWith(draft.title)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('forwards a photo with its caption, or a photo and then the words', () => {
    const photo = { kind: 'photo', ref: 'p' } as const;
    const together = editor();
    together.say('đăng tin');
    together.say('1');
    together.send({ kind: 'file', file: photo, caption: 'Mời bà con đi họp' });
    const first = draftOf(together.say('1'), 'preview-run');
    const apart = editor();
    apart.say('đăng tin');
    apart.say('1');
    expect(wordsOf(apart.send({ kind: 'file', file: photo }))[0]).toContain('Máy có ảnh rồi');
    apart.say('Mời bà con đi họp');
    expect(draftOf(apart.say('1'), 'preview-run')).toEqual(first);
    expect(first).toMatchObject({ photos: [photo], body: 'Mời bà con đi họp', postId: null });
  });

  it('keeps bold and italic of a forwarded post as marks, and none of them in its title', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('1');
    person.send({ kind: 'text', text: 'Thông báo họp\nTối nay', marked: '*Thông báo họp*\nTối nay' });
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({
      title: 'Thông báo họp',
      body: '*Thông báo họp*\nTối nay',
    });
  });

  it('answers an album once and keeps all of its photos', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('1');
    const album = (ref: string, caption?: string): readonly Effect[] =>
      person.send({
        kind: 'file',
        file: { kind: 'photo', ref },
        albumId: 'a',
        ...(caption === undefined ? {} : { caption }),
      });
    expect(album('first', 'Mời bà con đi họp')).toHaveLength(1);
    expect(album('second')).toHaveLength(0);
    expect(draftOf(person.say('1'), 'preview-run').photos).toMatchObject([
      { ref: 'first' },
      { ref: 'second' },
    ]);
  });

  it('may send the post before the topic: nothing is typed twice', () => {
    const person = editor();
    person.say('đăng tin');
    expect(wordsOf(person.say('Mời bà con khu 3 đi họp tại nhà văn hóa tối thứ Sáu này.'))[0]).toContain(
      'đã giữ',
    );
    expect(wordsOf(person.say('1'))[0]).toContain('Gửi lúc nào');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({ topicId: 'TT-01', postId: null });
  });

  it('is asked again kindly for a number, an hour, or words instead of a voice', () => {
    const person = editor();
    person.say('đăng tin');
    expect(wordsOf(person.say('gì cơ'))[0]).toContain('nhắn số');
    person.say('1');
    expect(wordsOf(person.voice())[0]).toContain('lời viết');
    person.say('1');
    person.say('2');
    expect(wordsOf(person.say('lúc nào cũng được'))[0]).toContain('chưa rõ');
    expect(wordsOf(person.say('25h'))[0]).toContain('chưa rõ');
    expect(wordsOf(person.say('6h30 1/3'))[0]).toContain('qua rồi');
    expect(kinds(person.say('mai 6h30'))).toEqual(['preview-run', 'say']);
  });

  it('may type the hour at once, without choosing to', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('1');
    person.say('1');
    expect(draftOf(person.say('6h30 mai'), 'preview-run').sendAtMs).toBe(Date.UTC(2024, 2, 18, 23, 30));
  });

  it('cannot submit for an hour that passed while they were reading', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('1');
    person.say('1');
    person.say('10h05');
    person.nowMs += 10 * 60_000;
    const effects = person.say('1');
    expect(kinds(effects)).toEqual(['say']);
    expect(wordsOf(effects)[0]).toContain('qua rồi');
  });

  it('changes words, hour and post from the preview and comes back to it', () => {
    const person = atPreview();
    expect(wordsOf(person.say('2'))[0]).toContain('muốn sửa');
    person.say('1');
    expect(draftOf(person.say('Lời mới'), 'preview-run')).toMatchObject({
      title: 'Lời mới',
      body: 'Lời mới',
    });
    person.say('sửa');
    person.say('2');
    expect(draftOf(person.say('17h mai'), 'preview-run').sendAtMs).toBe(Date.UTC(2024, 2, 19, 10, 0));
    person.say('2');
    person.say('3');
    const changed = draftOf(person.say('1'), 'preview-run');
    expect(changed.postId).toBe('TT-01-1');
    expect(changed.sendAtMs).toBe(Date.UTC(2024, 2, 19, 10, 0));
    person.say('2');
    person.say('1');
    expect(draftOf(person.say('Lời khác'), 'preview-run').postId).toBeNull();
    expect(draftOf(person.photo(), 'preview-run').photos).toMatchObject([{ kind: 'photo' }]);
  });

  it('goes back step by step to the topic, and back from every change to the preview', () => {
    const person = atPreview();
    expect(wordsOf(person.say('9'))[0]).toContain('Bước 3/3');
    expect(wordsOf(person.say('9'))[0]).toContain('Anh/chị gõ bài');
    expect(wordsOf(person.say('quay lại'))[0]).toContain('Chọn bài');
    expect(wordsOf(person.say('9'))[0]).toContain('Bước 1/3');
    for (const change of ['1', '2', '3']) {
      const other = atPreview();
      other.say('2');
      other.say(change);
      expect(wordsOf(other.say('9'))[0]).toContain('muốn sửa');
      expect(kinds(other.say('9'))).toEqual(['preview-run', 'say']);
    }
  });

  it('can drop it at every step, and nothing has gone out', () => {
    const path = ['1', 'Viết bài khác', 'Mời bà con đi họp', '2', 'mai 6h', '2', '2'];
    for (let length = 0; length <= path.length; length += 1) {
      const person = editor();
      const effects = [person.say('đăng tin'), ...path.slice(0, length).map((words) => person.say(words))];
      expect(wordsOf(person.say('0'))[0]).toContain('chưa gửi gì');
      expect(person.conversation.flow).toBeNull();
      expect(kinds(effects.flat())).not.toContain('submit-run');
    }
  });

  it('answers with taps as with numbers', () => {
    const person = editor();
    person.say('đăng tin');
    const [question] = person.conversation.prompts;
    const tap = {
      kind: 'tap',
      payload: tapPayload(question?.id ?? '', '2'),
      messageId: '7',
      callbackId: 'c',
    } as const;
    expect(wordsOf(person.send(tap))[0]).toContain('157/NQ-HĐND');
    expect(wordsOf(person.send(tap))[0]).toContain('Nút này đã cũ');
  });
});
