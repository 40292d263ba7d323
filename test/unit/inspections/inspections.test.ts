import { describe, expect, it } from 'vitest';
import type { App } from '#src/app/app.ts';
import { answerDuty } from '#src/app/duties/answer-duty.ts';
import { closeVisit } from '#src/app/inspections/close-visit.ts';
import { keepMinutes, minutesId } from '#src/app/inspections/draw-minutes.ts';
import { wordsFor } from '#src/app/inspections/visit-words.ts';
import type { Paper } from '#src/app/ports/papers.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { planVisitFor } from '#src/app/inspections/plan-visit.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { createInspectionWorld, inspect, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

describe('a visit planned in chat', () => {
  it('is asked for one thing at a time, shown once more, and told to nobody before its time', async () => {
    const world = await createInspectionWorld();
    const words = planning('Định kỳ');
    expect(await world.tell('lead', ...words.slice(0, 7))).toMatch(
      /Ai trong đoàn\?(?!.*\(Bộ phận Văn phòng\))/su,
    );
    const summary = await world.tell('lead', ...words.slice(7, -1));
    expect(summary).toContain('Hình thức: Định kỳ');
    expect(summary).toContain('Ngày: 12/6/2024');
    const planned = await world.say('lead', words.at(-1) ?? '');
    expect(planned).toContain('Đoàn: anh lead, anh second');
    expect(planned).toContain('được báo trước');
    expect(world.toldTo('head')).toEqual([]);
    await world.tick();
    expect(world.toldTo('second')).toEqual([]);
  });

  it('is refused in plain words where the unit was changed to that of somebody in the team, and nothing is lost', async () => {
    const world = await createInspectionWorld();
    const words = planning('Đột xuất').map((one) =>
      one === 'Bộ phận Văn phòng' ? 'Bộ phận Tài chính – Kế toán' : one === '1, 3' ? '1, 4' : one,
    );
    await world.tell('lead', ...words.slice(0, -1));
    await world.tell('lead', 'Sửa', 'Bộ phận', 'Bộ phận Văn phòng');
    expect(world.toldTo('lead').slice(-2)[0]).toContain('có người của bộ phận được kiểm tra');
    expect(await world.tell('lead', '1, 3')).toContain('Cuộc kiểm tra sắp lập');
    await world.say('lead', 'Lập cuộc này');
    expect(await world.only()).toMatchObject({ unitId: 'office', kind: 'ad-hoc' });
  });

  it('is refused with a name where an order brings somebody of the unit all the same', async () => {
    const world = await createInspectionWorld();
    const { lead, clerk } = world.members;
    const plan = { kind: 'plan', ruleId: 'KT-3', inspectionKind: 'ad-hoc', unitId: 'office' } as const;
    const answer = await world.order('lead', { ...plan, day: '2024-06-12', team: [lead.id, clerk.id] });
    expect(answer).toBe(
      'Anh clerk làm ở bộ phận được kiểm tra nên không vào đoàn được. Xin làm lại với người khác.',
    );
    expect(await world.visits()).toEqual([]);
  });

  it('gets the day that was drawn first, however often the order runs', async () => {
    const world = await createInspectionWorld();
    let drawn = 2;
    const app = { ...world.app, draw: { below: () => drawn } };
    const context = { id: 'telegram:lead.9.0', conversation: newConversation(world.chatOf('lead'), 0) };
    const wanted = {
      kind: 'plan',
      ruleId: 'KT-3',
      inspectionKind: 'ad-hoc',
      unitId: 'office',
      day: { from: '2024-06-10', to: '2024-06-14' },
      team: [world.members.lead.id],
    } as const;
    await planVisitFor(app, context, wanted);
    drawn = 4;
    await planVisitFor(app, context, wanted);
    expect((await world.visits()).map(({ day }) => day)).toEqual(['2024-06-12']);
  });
});

describe('an announced visit', () => {
  it('is told to the head of the unit beforehand and to the team on its day; what is found becomes a duty', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-05', '08:00');
    await world.tick();
    await world.tick();
    expect(world.toldTo('head')).toHaveLength(1);
    expect(world.toldTo('head')[0]).toContain('kiểm tra Bộ phận Văn phòng thứ Tư 12/6');
    expect(world.toldTo('clerk')).toEqual([]);
    world.at('2024-06-12', '07:30');
    await world.tick();
    for (const chat of ['lead', 'second']) {
      expect(world.toldTo(chat).at(-1)).toContain('hôm nay thứ Tư 12/6');
      expect(world.toldTo(chat).at(-1)).toContain('- Có mặt đúng giờ làm việc');
    }
    expect(world.toldTo('second').at(-1)).not.toContain('Kết thúc');
    world.at('2024-06-12', '09:00');
    await inspect(world);
    await world.say('lead', 'Kết thúc kiểm tra');
    expect(world.toldTo('lead').at(-2)).toContain('1 điều cần sửa đã giao anh clerk');
    expect(await world.only()).toMatchObject({ state: 'closed', answers: { badge: 'not-ok' } });

    const [duty] = await world.app.duties.ofRules('KT-3');
    expect(duty).toMatchObject({
      responsibleId: world.members.clerk.id,
      headId: world.members.head.id,
      title: 'Khắc phục: Ba người không đeo thẻ',
      targetDate: '2024-06-20',
    });
    expect(await world.app.duties.ofRules('KT-3')).toHaveLength(1);
    expect(world.toldTo('clerk').at(-1)).toContain('Lý do: biên bản kiểm tra 12/6');
    const withMinutes = world.rows.filter(({ message }) => message?.documentId !== undefined);
    expect(
      withMinutes.map(({ target }) => (target.kind === 'chat' ? target.chat.chatId : '')).sort(),
    ).toEqual(['chair', 'head', 'lead', 'second']);

    await world.tell('clerk', 'Đã làm xong', '8');
    expect(world.toldTo('lead').at(-1)).toMatch(/anh clerk .* báo đã xong[\s\S]*sửa xong hết/u);
    await world.tell('lead', 'kiểm tra');
    expect(await world.say('lead', '1')).toContain(
      'Ba người không đeo thẻ (Cần sửa, sửa xong chậm nhất hết 20/6, đã sửa xong)',
    );
  });

  it('has minutes in which stand who was there, what was looked at and what was found', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-12', '09:00');
    await world.tick();
    await inspect(world);
    await world.say('lead', 'Kết thúc kiểm tra');
    const file = await world.app.media.get(minutesId(await world.only()));
    if (!file) throw new Error('no minutes');
    const read = await createDocuments().readWords(file);
    if (read.kind !== 'words') throw new Error(read.why);
    for (const words of [
      'BIÊN BẢN',
      'Độc lập - Tự do - Hạnh phúc',
      'Kiểm tra kỷ luật, kỷ cương hành chính tại Bộ phận Văn phòng',
      '1. Nguyễn Văn lead, Ban chỉ đạo thực hiện quy chế dân chủ ở cơ sở, trưởng đoàn',
      'Ngày kiểm tra: 12/6/2024. Hình thức: Định kỳ.',
      'Đeo thẻ, mặc trang phục đúng quy định',
      '1. Ba người không đeo thẻ. Mức: cần sửa. Hạn sửa: hết ngày 20/6/2024.',
      '2. Sổ trực ghi thiếu. Mức: nhắc nhở.',
    ])
      expect(read.marked).toContain(words);
  });

  it('has minutes with the first four photos of a finding, and says how many there are beside', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-12', '09:00');
    await world.tick();
    const photos = ['a', 'b', 'c', 'd', 'e'].map((ref) => ({ kind: 'photo', ref }) as const);
    for (const { ref } of photos)
      world.channel.files.set(ref, { bytes: new TextEncoder().encode(ref), contentType: 'image/jpeg' });
    const { id: visitId } = await world.only();
    const find = { kind: 'find', visitId, text: 'Vắng', severity: 'remind', term: null } as const;
    await world.order('lead', { ...find, photos });
    const drawn: Paper[] = [];
    const draw = (paper: Paper) => {
      drawn.push(paper);
      return world.app.papers.draw(paper);
    };
    const words = await wordsFor(world.app);
    await keepMinutes({ ...world.app, papers: { draw } }, words, await world.only());
    expect(drawn[0]?.sections[2]?.lines).toEqual([
      expect.stringContaining('Kèm 5 ảnh.'),
      {
        kind: 'pictures',
        pictures: expect.objectContaining({ length: 4 }) as unknown,
        below: 'và 1 ảnh nữa.',
      },
    ]);
  });

  it('asks before it ends with items that nobody looked at', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-12', '09:00');
    await world.tick();
    expect(await world.say('lead', 'Kết thúc kiểm tra')).toContain('Còn 5 mục chưa xem');
    expect((await world.only()).state).toBe('open');
    await world.say('lead', 'Vẫn kết thúc');
    expect(world.toldTo('lead').at(-2)).toContain('Không có điều nào phải sửa');
  });

  it('that is called off is told, with the reason, to whoever had been told', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-05', '08:00');
    await world.tick();
    await world.tell('lead', 'kiểm tra', '1', 'Hủy cuộc này', 'Bão số 2.');
    for (const chat of ['head', 'second'])
      expect(world.toldTo(chat).at(-1)).toContain('đã hủy. Lý do: Bão số 2.');
    expect(world.toldTo('clerk')).toEqual([]);
    expect((await world.only()).nextAtMs).toBeNull();
  });

  it('that nobody closes is asked about once, next working day, of whoever leads', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ', '7/6'));
    world.at('2024-06-07', '07:30');
    await world.tick();
    world.at('2024-06-10', '08:00');
    await world.tick();
    await world.tick();
    expect(world.toldTo('lead').filter((words) => words.includes('chưa kết thúc'))).toHaveLength(1);
    expect(world.toldTo('second').filter((words) => words.includes('chưa kết thúc'))).toEqual([]);
  });
});

describe('a round that the plan has dates for', () => {
  const rounds = async (world: InspectionWorld) =>
    (await world.app.duties.ofRules('KT-3'))
      .filter(({ kind }) => kind === 'inspection')
      .map(({ id, state }) => [id, state]);

  it.each([
    ['Định kỳ', 'done'],
    ['Đột xuất', 'open'],
  ] as const)('is done with the visit that is closed in its time: %s', async (kind, state) => {
    const world = await createInspectionWorld();
    await openPlanDuties(world.app);
    await world.tell('lead', ...planning(kind, '11/6'));
    world.at('2024-06-11', '09:00');
    await world.tick();
    await world.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(await rounds(world)).toEqual([
      ['KT-3.2024-06-12', state],
      ['KT-3.2024-10-16', 'open'],
    ]);
  });
});

describe('closing', () => {
  it('that breaks off anywhere and runs again ends as if it had run once', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-12', '09:00');
    await world.tick();
    await inspect(world);
    const visitId = (await world.only()).id;
    const context = { id: 'telegram:lead.99.0', conversation: newConversation(world.chatOf('lead'), 0) };
    const close = (app: App) => closeVisit(app, context, { visitId, isSure: true });
    const breaks = () => Promise.reject(new Error('broken'));
    const { duties, media } = world.app;
    await expect(close({ ...world.app, duties: { ...duties, open: breaks } })).rejects.toThrow('broken');
    await expect(close({ ...world.app, media: { ...media, put: breaks } })).rejects.toThrow('broken');
    await close(world.app);
    const rows = world.rows.length;
    await close(world.app);
    expect(world.rows).toHaveLength(rows);
    expect(await world.app.duties.ofRules('KT-3')).toHaveLength(1);
  });
});

describe('a duty that a visit left', () => {
  it('tells the lead once that it is done, however often the answer runs', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Định kỳ'));
    world.at('2024-06-12', '09:00');
    await world.tick();
    await inspect(world);
    await world.tell('lead', 'Kết thúc kiểm tra');
    const [duty] = await world.app.duties.ofRules('KT-3');
    const context = { id: 'telegram:clerk.77.0', conversation: newConversation(world.chatOf('clerk'), 0) };
    const done = {
      kind: 'duty-action',
      dutyId: duty?.id ?? '',
      action: 'done',
      proof: 'số 5/BC-UBND',
    } as const;
    await answerDuty(world.app, context, done);
    await answerDuty(world.app, context, done);
    expect(world.toldTo('lead').filter((words) => words.includes('báo đã xong'))).toHaveLength(1);
  });
});

describe('everybody who works here', () => {
  it('may read what the plan inspects (KT-9); a resident who types the word is not answered with it', async () => {
    const world = await createInspectionWorld();
    const rules = await world.say('second', 'kiem tra');
    expect(rules).toContain('Những việc được kiểm tra, giám sát theo kế hoạch năm 2024');
    expect(rules).toContain('Giám sát của Ban Thanh tra nhân dân');
    expect(await world.say('resident', 'kiểm tra')).not.toContain('Những việc được kiểm tra');
  });
});
