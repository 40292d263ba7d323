import { describe, expect, it } from 'vitest';
import { Person, wordsOf } from '#test/support/conversation.ts';
import { choicesOf, draftOf, editor, kinds, staffWith } from './support.ts';

const WORDS = 'Mời bà con khu 3 dự họp, bàn việc làm đường ngõ chung.';
const photo = (ref: string) => ({ kind: 'photo', ref }) as const;
const file = { kind: 'document', ref: 'd', name: 'bai.docx' } as const;

describe('what an editor sends unasked', () => {
  it('becomes a post with one answer: words, with their formatting', () => {
    const person = editor();
    const offered = person.send({ kind: 'text', text: WORDS, marked: `*Mời* ${WORDS.slice(4)}` });
    expect(choicesOf(offered).map(({ number, label }) => `${number} ${label}`)).toEqual([
      '1 Soạn bài từ tin này',
      '0 Thôi',
    ]);
    expect(wordsOf(person.say('1'))[0]).toContain('thuộc nội dung nào');
    expect(wordsOf(person.say('1'))[0]).toContain('Gửi lúc nào');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({
      body: `*Mời* ${WORDS.slice(4)}`,
      photos: [],
    });
  });

  it('becomes one with all photos of an album, offered once', () => {
    const person = editor();
    const first = person.send({ kind: 'file', file: photo('a'), caption: WORDS, albumId: 'al' });
    const second = person.send({ kind: 'file', file: photo('b'), albumId: 'al' });
    expect([kinds(first), kinds(second)]).toEqual([['say'], []]);
    person.say('1');
    person.say('1');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({
      body: WORDS,
      photos: [photo('a'), photo('b')],
    });
  });

  it('asks for the words of a photo that came alone', () => {
    const person = editor();
    person.send({ kind: 'file', file: photo('a') });
    person.say('1');
    person.say('TT-01');
    person.say('Viết bài khác');
    person.say(WORDS);
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({ body: WORDS, photos: [photo('a')] });
  });

  it('is read first where it is a document; its words then come into the form', () => {
    const person = editor();
    person.send({ kind: 'file', file });
    const reading = person.say('1');
    expect(reading.at(-1)).toEqual({ kind: 'import-document', file });
    expect(wordsOf(person.send({ kind: 'text', text: WORDS, marked: WORDS }))[0]).toContain('máy đã giữ');
    person.say('1');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({ body: WORDS });
  });

  it('is let go with "0"', () => {
    const person = editor();
    person.say(WORDS);
    person.say('0');
    expect(person.conversation.flow).toBeNull();
  });

  it('is a report, as ever, from anybody else, and a slip where it is a word or two', () => {
    const resident = new Person();
    resident.say(WORDS);
    expect(resident.conversation.flow?.name).toBe('report');
    const handler = new Person({ staff: staffWith('handler') });
    expect(wordsOf(handler.say(WORDS))[0]).not.toContain('giữ tin');
    const person = editor();
    person.say('hôm qua');
    expect(person.conversation.flow).toBeNull();
  });
});

describe('a document in the form', () => {
  it('takes the place of the words, from the preview too, and never of an hour', () => {
    const person = editor();
    person.say(WORDS);
    person.say('1');
    person.say('1');
    person.send({ kind: 'file', file });
    const others = 'Lời khác trong tệp Word, cũng dài hơn bốn mươi chữ cái.';
    expect(wordsOf(person.say(others))[0]).toContain('Gửi lúc nào');
    person.say('1');
    person.send({ kind: 'file', file });
    expect(draftOf(person.say(WORDS), 'preview-run')).toMatchObject({ body: WORDS });
  });
});
