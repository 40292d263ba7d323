import { describe, expect, it } from 'vitest';
import type { Effect } from '#src/domain/conversation/types.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';
import { createAppWorld } from './app-world.ts';

const WORDS = 'Tôi tố cáo ông A nhận hối lộ';
const asksBack = (effects: readonly Effect[]): boolean =>
  wordsOf(effects).some((words) => words.includes('tin nhắn ở đây không phải là đơn'));

/** How far a form has come when the words fall. */
const moments: readonly (readonly [string, (person: Person) => unknown])[] = [
  ['first of all', () => null],
  ['after a greeting sentence', (person) => person.say('Tôi muốn báo việc này với phường')],
  ['after a photo', (person) => person.photo()],
  ['instead of a place', (person) => person.say('đèn đường hỏng')],
  ['instead of a phone number', (person) => (person.say('đèn đường hỏng'), person.say('Tổ 5 Khu 3'))],
  [
    'below the summary',
    (person) => (person.say('đèn đường hỏng'), person.say('Tổ 5 Khu 3'), person.say('0')),
  ],
  [
    'while a part is changed',
    (person) => (
      person.say('đèn đường hỏng'),
      person.say('Tổ 5 Khu 3'),
      person.say('0'),
      person.say('2'),
      person.say('2')
    ),
  ],
];

describe('words of a denunciation', () => {
  it.each(moments)('are met by the law %s, and go nowhere', (_when, before) => {
    const person = new Person();
    before(person);
    expect(asksBack(person.say(WORDS))).toBe(true);
    const all = [...person.say('còn nữa, ông B cũng vậy'), ...person.say('2')];
    expect(all.some((effect) => effect.kind === 'create-case')).toBe(false);
    // Sealed before it is committed: test/unit/app/locked-words.
    const shown = all.filter((effect) => effect.kind !== 'lock-words');
    expect(JSON.stringify(shown)).not.toContain('ông A');
    expect(person.conversation.flow).toBeNull();
  });

  it('are met below a photo, too', () => {
    const person = new Person();
    person.say('đèn đường hỏng');
    const caption = { kind: 'photo', ref: 'p' } as const;
    expect(asksBack(person.send({ kind: 'file', file: caption, caption: WORDS }))).toBe(true);
  });

  it('are a report like any other once the person says so, and are not asked about again', () => {
    const person = new Person();
    person.say(WORDS);
    expect(asksBack(person.say('3'))).toBe(false);
    expect(asksBack(person.say('Tổ 5 Khu 3, nơi ông A vòi vĩnh'))).toBe(false);
    person.say('0');
    expect(person.say('1').map((effect) => effect.kind)).toContain('create-case');
  });

  it('reach no officer and no log, and stand in no row', async () => {
    const world = await createAppWorld();
    await world.join('dung', ['handler'], 'urban-environment');
    for (const text of ['đèn đường hỏng', WORDS, 'ông A ở khu 3', '1']) {
      await world.receive('42', { kind: 'text', text });
      await world.handle('42');
    }
    expect(world.toldTo('dung')).toEqual([]);
    expect(JSON.stringify([world.rows, world.logged, world.alerts])).not.toContain('ông A');
  });
});
