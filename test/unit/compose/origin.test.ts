import { describe, expect, it } from 'vitest';
import { plan, posts, wordsOf } from '#test/support/conversation.ts';
import { atPreview, choicesOf, draftOf, editor, kinds } from './support.ts';

function editing() {
  const person = atPreview();
  person.say('sửa');
  person.say('Nguồn, hiệu lực');
  return person;
}

describe('source and validity', () => {
  it('come with a post of the library', () => {
    const person = editor();
    person.say('đăng tin');
    person.say('TT-05');
    person.say('1');
    const post = posts.find((one) => one.topicId === 'TT-05');
    expect(draftOf(person.say('1'), 'preview-run').origin).toEqual({
      sources: post?.sources,
      validFrom: '2024-03-13',
      validTo: '2024-12-31',
      owner: 'culture-information',
      supersedes: null,
    });
  });

  it('of one’s own post are noted one by one under "Sửa", each with the preview after it', () => {
    const person = editing();
    person.say('Văn bản nguồn');
    expect(kinds(person.say('Luật 10/2022/QH15\nNghị quyết số 157/NQ-HĐND'))).toEqual(['preview-run', 'say']);
    for (const [choice, answer] of [
      ['Hiệu lực', 'đến 31/12/2024'],
      ['Bộ phận phụ trách', '2'],
      ['Thay bài cũ', '1'],
    ] as const) {
      person.say('sửa');
      person.say('Nguồn, hiệu lực');
      person.say(choice);
      expect(kinds(person.say(answer))).toEqual(['preview-run', 'say']);
    }
    expect(draftOf(person.say('1'), 'submit-run').origin).toEqual({
      sources: ['Luật 10/2022/QH15', 'Nghị quyết số 157/NQ-HĐND'],
      validFrom: null,
      validTo: '2024-12-31',
      owner: plan.units.filter(({ active, external }) => active && !external)[1]?.id,
      supersedes: posts.find((one) => one.topicId === 'TT-01')?.id,
    });
  });

  it('are asked for again in words where the days are not clear', () => {
    const person = editing();
    person.say('Hiệu lực');
    expect(wordsOf(person.say('hết quý này'))[0]).toContain('Máy chưa rõ ngày nào');
  });

  it('hold back a post whose hour lies outside, with the form and all of it kept', () => {
    const person = editing();
    person.say('Hiệu lực');
    person.say('từ 1/4');
    const refused = person.say('gửi duyệt');
    expect(kinds(refused)).toEqual(['say']);
    expect(wordsOf(refused)[0]).toContain('chưa có hiệu lực');
    expect(choicesOf(refused).map(({ number }) => number)).toEqual(['9', '0']);
    person.say('từ 1/3');
    expect(kinds(person.say('1'))).toEqual(['submit-run']);
  });
});
