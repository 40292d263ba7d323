import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Person, wordsOf } from '#test/support/conversation.ts';
import { atPreview, editor, kinds, staffWith } from './support.ts';

describe('who may post', () => {
  it('is an editor: other staff are told, and a resident’s words stay words', () => {
    expect(wordsOf(new Person({ staff: staffWith('handler') }).say('đăng tin'))[0]).toContain(
      'người có phận sự',
    );
    const resident = new Person();
    resident.say('đăng tin');
    expect(resident.conversation.flow?.name).not.toBe('compose');
  });

  it('is checked at every step: a role taken away ends the form', () => {
    const before = atPreview();
    const after = new Person({ staff: staffWith('handler') });
    after.conversation = before.conversation;
    const effects = after.send({ kind: 'text', text: '1' }, 'later');
    expect(kinds(effects)).toEqual(['say']);
    expect(after.conversation.flow).toBeNull();
  });
});

describe('the form', () => {
  it(
    'never throws, stays plain JSON and shows no empty place, whatever an editor sends in any order',
    { timeout: 30_000 },
    () => {
      const word = fc.constantFrom(
        ...[
          '0',
          '1',
          '2',
          '3',
          '9',
          '10',
          'số 1',
          'thôi',
          'đăng tin',
          '/dangtin',
          'viết bài khác',
          'sửa',
          'TT-03',
        ],
        ...[
          'mai 6h30',
          '6h30 1/3',
          'Mời bà con đi họp khu phố tối thứ Sáu tại nhà văn hóa.',
          'chọn giờ',
          'gửi duyệt',
        ],
      );
      // Braces that people type are shown as they are; here they would look like an empty place.
      const anyWords = fc.string().map((words) => words.replaceAll('{', '('));
      const content = fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({ kind: fc.constant('text' as const), text: fc.oneof(word, word, anyWords) }),
        },
        fc.record(
          {
            kind: fc.constant('file' as const),
            file: fc.record({ kind: fc.constantFrom('photo' as const, 'voice' as const), ref: fc.string() }),
            caption: anyWords,
            albumId: fc.constantFrom('a', 'b'),
          },
          { requiredKeys: ['kind', 'file'] },
        ),
        fc.record({ kind: fc.constant('contact' as const), phone: fc.string() }),
        fc.record({ kind: fc.constant('sticker' as const) }),
      );
      fc.assert(
        fc.property(fc.array(content, { maxLength: 40 }), (messages) => {
          const person = editor();
          person.say('đăng tin');
          for (const message of messages) {
            const effects = person.send(message);
            for (const text of wordsOf(effects)) expect(text).not.toMatch(/\{\{|undefined/u);
            expect(JSON.parse(JSON.stringify(person.conversation))).toEqual(person.conversation);
            for (const effect of effects) {
              if (effect.kind !== 'submit-run') continue;
              expect(effect.draft.topicId).not.toBe('');
              expect(effect.draft.body).not.toBe('');
              expect(effect.draft.sendAtMs ?? Infinity).toBeGreaterThan(person.nowMs);
            }
          }
        }),
        { numRuns: 400 },
      );
    },
  );
});
