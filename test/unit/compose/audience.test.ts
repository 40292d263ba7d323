import { describe, expect, it } from 'vitest';
import type { Person } from '#test/support/conversation.ts';
import { wordsOf } from '#test/support/conversation.ts';
import { atPreview, choicesOf, draftOf, kinds } from './support.ts';

/** At "Nơi nhận", from the preview. */
function atAudience(): Person {
  const person = atPreview();
  person.say('sửa');
  person.say('Nơi nhận');
  return person;
}

const EVERYONE = { channels: null, neighbourhoods: null, groups: null };

describe('to whom a post goes', () => {
  it('is everyone, and nobody is asked', () => {
    expect(draftOf(atPreview().say('1'), 'submit-run').audience).toEqual(EVERYONE);
  });

  it('is never chosen by numbers where the names are numbers: they are typed', () => {
    const person = atAudience();
    const effects = person.say('Chọn khu');
    expect(choicesOf(effects).map(({ number }) => number)).toEqual(['9', '0']);
    expect(wordsOf(person.say('khu mười'))[0]).toContain('chưa rõ khu nào');
    const shown = person.say('khu 3, khu 5A');
    expect(draftOf(shown, 'preview-run').audience).toEqual({
      ...EVERYONE,
      neighbourhoods: ['khu-3', 'khu-5a'],
    });
    expect(wordsOf(shown)[0]).toContain('Nơi nhận: Khu 3, Khu 5A');
  });

  it('is understood from the names alone, and from "cả phường"', () => {
    const person = atAudience();
    const shown = person.say('các khu 1 đến 4');
    expect(draftOf(shown, 'preview-run').audience.neighbourhoods).toHaveLength(4);
    person.say('2');
    person.say('Nơi nhận');
    expect(draftOf(person.say('cả phường'), 'preview-run').audience).toEqual(EVERYONE);
  });

  it('is narrowed by channels and kinds of group, one or several', () => {
    const person = atAudience();
    person.say('Chọn kênh');
    expect(draftOf(person.say('2'), 'preview-run').audience.channels).toEqual(['zalo']);
    person.say('2');
    person.say('Nơi nhận');
    person.say('Chọn kênh');
    expect(draftOf(person.say('1 và 3'), 'preview-run').audience.channels).toEqual(['telegram', 'relay']);
    person.say('2');
    person.say('Nơi nhận');
    person.say('Chọn loại nhóm');
    expect(wordsOf(person.say('1, 7'))[0]).toContain('chưa rõ');
    const shown = person.say('2, 3');
    expect(draftOf(shown, 'preview-run').audience).toMatchObject({
      channels: ['telegram', 'relay'],
      groups: ['officers', 'mass-organisations'],
    });
    person.say('2');
    person.say('Nơi nhận');
    expect(draftOf(person.say('Mọi nơi'), 'preview-run').audience).toEqual(EVERYONE);
  });

  it('cannot be nobody: the form asks again and keeps the post', () => {
    const person = atAudience();
    person.say('khu 4');
    const refused = person.say('1');
    expect(kinds(refused)).toEqual(['say']);
    expect(wordsOf(refused)[0]).toContain('chưa có nơi nào nhận');
    person.say('khu 3');
    expect(draftOf(person.say('1'), 'submit-run')).toMatchObject({
      body: 'Mời bà con họp khu phố.\nĐúng 19 giờ tối thứ Sáu.',
      audience: { neighbourhoods: ['khu-3'] },
    });
  });
});
