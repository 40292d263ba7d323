import { describe, expect, it } from 'vitest';
import type { StaffMember } from '#src/domain/staff.ts';
import { plan, posts, wordsOf } from '#test/support/conversation.ts';
import { choicesOf, draftOf, editor, kinds, staffWith } from './support.ts';

const member = (id: string, neighbourhood: string | null): StaffMember => ({
  ...staffWith('neighbourhood-head'),
  id,
  name: `Ông ${id}`,
  neighbourhood,
  contacts: [{ platform: 'zalo', chatId: id }],
});
const KHU = plan.neighbourhoods[2]?.id ?? '';

function atMeeting() {
  const person = editor();
  person.people = [member('Ba', KHU), member('Tư', 'khac'), member('An', null)];
  person.say('đăng tin');
  person.say('TT-09');
  person.say('1');
  return person;
}

describe('a post for a meeting', () => {
  it('may be any of the library, names meeting, day, place and chair, and asks for no hour', () => {
    const person = atMeeting();
    expect(wordsOf(person.say('họp khu phố tháng 3, thứ sáu 22/3'))[0]).toContain('khu mấy');
    expect(
      choicesOf(person.say(plan.neighbourhoods[2]?.name ?? ''))
        .slice(0, 2)
        .map(({ label }) => label),
    ).toEqual(['Ông Ba', 'Ông An']);
    const preview = person.say('1');
    expect(draftOf(preview, 'preview-run')).toMatchObject({
      topicId: 'TT-09',
      title: posts[0]?.title,
      sendAtMs: null,
      meeting: {
        day: '2024-03-22',
        name: 'họp khu phố tháng 3, thứ sáu 22/3',
        chairId: 'Ba',
        neighbourhood: KHU,
      },
      audience: { neighbourhoods: [KHU] },
    });
    expect(wordsOf(preview)[0]).toContain('thứ Sáu 22/3');
    expect(kinds(person.say('1'))).toEqual(['submit-run']);
  });

  it('of the whole ward is everybody’s, and is asked about again where day or place is not clear', () => {
    const person = atMeeting();
    expect(wordsOf(person.say('họp khu phố'))[0]).toContain('chưa rõ họp ngày nào');
    expect(wordsOf(person.say('họp khu phố 15/3'))[0]).toContain('qua rồi');
    person.say('hội nghị tổng kết 29/3');
    expect(wordsOf(person.say('khu 3, khu 5'))[0]).toContain('một khu');
    expect(choicesOf(person.say('cả phường')).map(({ label }) => label)).toContain('Ông An');
    expect(draftOf(person.say('1'), 'preview-run')).toMatchObject({
      meeting: { neighbourhood: null },
      audience: { neighbourhoods: null },
    });
  });
});
