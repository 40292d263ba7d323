import { describe, expect, it } from 'vitest';
import { documentName, goesOnZalo, parseLink } from '#src/domain/broadcast/attachments.ts';
import type { Person } from '#test/support/conversation.ts';
import { wordsOf } from '#test/support/conversation.ts';
import { atPreview, choicesOf, draftOf, kinds } from './support.ts';

/** From the preview to "Ảnh, tệp, liên kết". */
function atAttach(): Person {
  const person = atPreview('Mời bà con họp.');
  person.say('2');
  person.say('Ảnh, tệp, liên kết');
  return person;
}
const document = (name: string, sizeBytes = 1_000) => ({
  kind: 'file' as const,
  file: { kind: 'document' as const, ref: `ref ${name}`, name, sizeBytes },
});

describe('what goes out with a post', () => {
  it('is given in any order under Sửa, shown as it stands, and comes back to the preview', () => {
    const person = atAttach();
    expect(wordsOf(person.send(document('Giấy mời.pdf')))[0]).toContain('tệp Giấy mời.pdf');
    expect(wordsOf(person.say('baichay.gov.vn/hop'))[0]).toContain('https://baichay.gov.vn/hop');
    expect(wordsOf(person.photo())[0]).toContain('1 ảnh');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({
      body: 'Mời bà con họp.',
      document: { ref: 'ref Giấy mời.pdf' },
      link: 'https://baichay.gov.vn/hop',
      photos: [{ kind: 'photo' }],
    });
  });

  it('is taken away again one by one', () => {
    const person = atAttach();
    person.send(document('a.pdf'));
    person.say('baichay.gov.vn');
    expect(choicesOf(person.photo()).map(({ label }) => label)).toContain('Bỏ tệp');
    for (const label of ['Bỏ tệp', 'Bỏ liên kết', 'Bỏ ảnh']) person.say(label);
    expect(draftOf(person.say('Xong'), 'preview-run')).toMatchObject({
      photos: [],
      document: null,
      link: null,
    });
  });

  it('is no program, no nameless file, nothing over 5 MB, and no sentence', () => {
    for (const name of ['virus.exe', 'macro.docm', 'khong-duoi', ''])
      expect(wordsOf(atAttach().send(document(name)))[0]).toContain('không gửi được');
    expect(wordsOf(atAttach().send(document('a.pdf', 6_000_000)))[0]).toContain('quá 5 MB');
    expect(wordsOf(atAttach().say('xem ở trang của phường'))[0]).toContain('chỉ lấy');
  });

  it('elsewhere in the form a document is still read for its words', () => {
    expect(kinds(atPreview().send(document('a.docx')))).toContain('import-document');
  });

  it('has a name that harms nobody', () => {
    expect(documentName('../../Giấy\u0000 mời: "họp".PDF')).toBe('..-..-Giấy- mời- -họp-.pdf');
    expect(documentName(`${'a'.repeat(300)}.docx`)?.length).toBeLessThan(70);
    expect([goesOnZalo('document.1/a.pdf'), goesOnZalo('document.1/a.xlsx')]).toEqual([true, false]);
  });

  it.each([
    ['https://baichay.gov.vn/a?b=c', 'https://baichay.gov.vn/a?b=c'],
    ['baichay.gov.vn', 'https://baichay.gov.vn'],
    ['javascript:alert(1)', null],
    ['hai liên kết a.vn b.vn', null],
    ['khu 3', null],
  ])('takes an address for a link and nothing else: %s', (words, link) => {
    expect(parseLink(words)).toBe(link);
  });
});

it('shows every version from the preview and asks nothing anew: 1 still hands it in', () => {
  const person = atPreview();
  expect(kinds(person.say('Xem từng bản'))).toEqual(['preview-all']);
  expect(kinds(person.say('1'))).toEqual(['submit-run']);
});
