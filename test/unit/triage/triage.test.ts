import { describe, expect, it } from 'vitest';
import { accusedUnits } from '#src/domain/vietnamese/accused.ts';
import { legalKindOf, soundsLikeEmergency, triage } from '#src/domain/vietnamese/triage.ts';
import { Person, plan, wordsOf } from '#test/support/conversation.ts';

describe('what a matter is by law', () => {
  it.each([
    ['đèn đường hỏng', 'report'],
    ['Đề nghị phường làm thêm sân chơi cho các cháu', 'petition'],
    ['cho hỏi làm khai sinh cần giấy tờ gì', 'question'],
    ['cho em hỏi mấy giờ làm việc ạ', 'question'],
    ['Thủ tục xin cấp phép ở đây rườm rà quá', 'regulation'],
    ['Tôi khiếu nại quyết định xử phạt ngày 3/3', 'complaint'],
    ['Tôi không đồng ý với quyết định thu hồi đất', 'complaint'],
    ['tiền đền bù thấp so với các nhà bên', 'complaint'],
    ['Tôi tố cáo ông A', 'denunciation'],
    ['cán bộ địa chính nhận tiền mới làm giấy', 'denunciation'],
    ['người ta ăn chặn tiền hỗ trợ của dân', 'denunciation'],
    ['toi to cao ong Nam o bo phan dia chinh', 'denunciation'],
    ['khiếu nại mãi không được, tôi tố cáo luôn', 'denunciation'],
  ])('%j is a %s', (words, kind) => {
    expect(triage(words)).toBe(kind);
  });

  it.each(['nha to cao che het nang', 'toi hoi lo khi di duong nay', 'nhận tiền trợ cấp ở đâu ạ'])(
    'never makes a denunciation of %j',
    (words) => {
      expect(triage(words)).not.toBe('denunciation');
    },
  );

  it('makes a case of whatever a person says is neither complaint nor denunciation', () => {
    expect(legalKindOf('Tôi tố cáo ông A')).toBe('report');
  });
});

describe('danger', () => {
  it.each(['cháy nhà khu 3', 'co nguoi duoi nuoc', 'hàng xóm đánh nhau cầm dao', 'có người bất tỉnh ở chợ'])(
    'is heard in %j',
    (words) => {
      expect(soundsLikeEmergency(words)).toBe(true);
    },
  );

  it.each(['đèn đường cháy bóng', 'xe cấp nước', 'sợ cháy nổ thôi, chưa có gì'])(
    'is not heard in %j',
    (words) => {
      expect(soundsLikeEmergency(words)).toBe(false);
    },
  );

  it('is answered with the numbers first, whatever was being asked', () => {
    const person = new Person();
    person.say('mất điện');
    person.say('khu 3');
    const effects = person.say('cháy nhà rồi cứu với');
    expect(wordsOf(effects)[0]).toMatch(/114.*113.*115.*112/u);
    expect(wordsOf(new Person().say('xin chào, có đánh nhau'))[0]).toContain('113');
  });
});

describe('a complaint', () => {
  it('is met by the law, with a form, and by nothing that says it was received', () => {
    const person = new Person();
    const met = person.say('Tôi khiếu nại quyết định xử phạt');
    expect(wordsOf(met)[0]).toContain('Thời hạn giải quyết tính từ ngày cán bộ nhận đơn đã ký');
    const form = person.say('1');
    expect(form).toContainEqual({ kind: 'send-letter', letter: 'complaint' });
    expect(wordsOf(form)[0]).toContain('7 giờ 30 đến 11 giờ 30');
    expect(wordsOf([...met, ...form]).join(' ')).not.toMatch(/đã (tiếp )?nhận (khiếu|đơn|phản)/u);
    expect(person.conversation.flow).toBeNull();
  });

  it('goes on as a report, with its words, once the person says that it is none', () => {
    const person = new Person();
    person.say('Tôi khiếu nại chuyện rác ở khu 3');
    expect(wordsOf(person.say('3'))[0]).toContain('Bước 2/2');
    person.say('0');
    const [created] = person.say('1');
    expect(created).toMatchObject({
      kind: 'create-case',
      draft: { text: 'Tôi khiếu nại chuyện rác ở khu 3' },
    });
  });
});

describe('the units that words may be about', () => {
  it.each([
    ['cán bộ một cửa vòi tiền', ['one-stop']],
    ['bộ phận văn phòng ăn chặn', ['office']],
    ['ông chủ tịch nhận tiền', ['chairperson']],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', ['urban-environment']],
  ])('of %j are %j and perhaps more', (words, expected) => {
    expect(accusedUnits(words, plan.units)).toEqual(expect.arrayContaining(expected));
  });

  it('are none where none is named', () => {
    expect(accusedUnits('ông A nhận tiền', plan.units)).toEqual([]);
  });
});
