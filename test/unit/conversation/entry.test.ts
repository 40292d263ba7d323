import { describe, expect, it } from 'vitest';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';

const member = (role: Role): StaffMember => ({
  id: 'hoa',
  name: 'Hoa',
  address: 'chị',
  roles: [role],
  unitId: 'office',
  neighbourhood: null,
  contacts: [],
  active: true,
});
const clerk = () => new Person({ staff: member('handler') });

const entered = (effects: readonly Effect[]) => effects.find(({ kind }) => kind === 'create-case');

describe('an officer who writes down what a resident said', () => {
  it('says how it came, what, where and whose number, looks it over, and has a case', () => {
    const hoa = clerk();
    expect(wordsOf(hoa.say('nhập hộ'))[0]).toContain('Người dân báo bằng cách nào?');
    expect(wordsOf(hoa.say('1'))[0]).toContain('Người dân báo chuyện gì?');
    expect(wordsOf(hoa.say('đèn đường tắt ba hôm nay'))[0]).toContain('Chỗ đó ở đâu?');
    expect(wordsOf(hoa.say('Tổ 5 Khu 3, đầu ngõ 12'))[0]).toContain('Số điện thoại của người dân?');
    const summary = wordsOf(hoa.say('0912 345 678'))[0] ?? '';
    expect(summary).toMatch(/Đèn đường hỏng.*đầu ngõ 12.*0912345678/su);
    expect(summary).not.toContain('ông/bà');
    expect(entered(hoa.say('1'))).toMatchObject({
      entered: 'phone',
      draft: { text: 'đèn đường tắt ba hôm nay', placeText: 'Tổ 5 Khu 3, đầu ngõ 12', phone: '0912345678' },
    });
  });

  it('never agrees in a resident’s name, and sends nothing without a name', () => {
    const hoa = clerk();
    for (const words of ['nhap ho', '2', 'rác chất đống ở đầu ngõ 12 khu 3', '0']) hoa.say(words);
    const effects = hoa.say('1');
    expect(entered(effects)).toMatchObject({ entered: 'in-person', draft: { phone: null } });
    expect(entered(effects)).not.toHaveProperty('consent');
    expect(entered(effects)).not.toHaveProperty('isAnonymous');
  });

  it('may change an answer from the summary, go back, and drop it all', () => {
    const hoa = clerk();
    for (const words of ['nhập hộ', '3', 'rác ở đầu ngõ 12 khu 3', '0', 'Sửa', 'Chỗ xảy ra']) hoa.say(words);
    expect(wordsOf(hoa.say('Tổ 9 Khu 4'))[0]).toContain('Tổ 9 Khu 4');
    expect(wordsOf(hoa.say('0'))[0]).toContain('chưa ghi gì');
    expect(hoa.conversation.flow).toBeNull();
  });

  it('is sent to the signed letter where the words are a denunciation, and nothing of it is kept in the form', () => {
    const hoa = clerk();
    for (const words of ['nhập hộ', '1']) hoa.say(words);
    const effects = hoa.say('tố cáo ông cán bộ A nhận tiền của dân');
    expect(wordsOf(effects)[0]).toContain('tố cáo');
    expect(effects.map(({ kind }) => kind)).toContain('lock-words');
    expect(JSON.stringify(hoa.conversation.flow)).not.toContain('nhận tiền');
  });

  it('is somebody who handles cases: nobody else may', () => {
    for (const role of ['editor', 'loudspeaker-operator'] as const) {
      expect(wordsOf(new Person({ staff: member(role) }).say('nhập hộ'))[0]).not.toContain('Người dân báo');
    }
    expect(wordsOf(new Person().say('nhập hộ')).join()).not.toContain('Người dân báo');
  });
});
