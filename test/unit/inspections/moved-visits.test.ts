import { describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { moveVisit } from '#src/app/inspections/move-visit.ts';
import { reachTeam, tellWaitingNotes } from '#src/app/inspections/reach-team.ts';
import { tickVisits } from '#src/app/inspections/tick-visits.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { Duty } from '#src/domain/duty.ts';
import { createInspectionWorld, inspect, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

async function planned(kind: 'Định kỳ' | 'Đột xuất' = 'Định kỳ', day = '12/6'): Promise<InspectionWorld> {
  const world = await createInspectionWorld();
  await openPlanDuties(world.app);
  await world.tell('lead', ...planning(kind, day));
  return world;
}

const move = (world: InspectionWorld, day: string, who = 'lead'): Promise<string> =>
  world.tell(who, 'kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', day, 'Bão số 2.');

const tickAt = async (world: InspectionWorld, day: string, clock: string): Promise<void> => {
  world.at(day, clock);
  await world.tick();
};

describe('a visit that is moved', () => {
  it('is told with the reason to whoever knew of it, once, and announced anew by the ladder of its new day', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-05', '08:00');
    const said = await move(world, '20/6');
    expect(said).toContain('từ thứ Tư 12/6 sang thứ Năm 20/6. Lý do: Bão số 2.');
    expect(said).toContain('Phụ trách Bộ phận Văn phòng đã được báo ngày mới.');
    expect(world.toldTo('head').at(-1)).toMatch(
      /cuộc kiểm tra Bộ phận Văn phòng thứ Tư 12\/6 đổi sang thứ Năm 20\/6. Lý do: Bão số 2\.(?!.*Phụ trách)/su,
    );
    expect(world.toldTo('second').at(-1)).toContain('đổi sang thứ Năm 20/6');
    expect(world.toldTo('clerk')).toEqual([]);
    const before = world.rows.length;
    for (const [day, clock] of [
      ['2024-06-11', '09:00'],
      ['2024-06-12', '09:00'],
      ['2024-06-13', '07:00'],
    ] as const)
      await tickAt(world, day, clock);
    expect(world.rows).toHaveLength(before);
    await tickAt(world, '2024-06-13', '08:00');
    expect(world.toldTo('head').at(-1)).toContain('kiểm tra Bộ phận Văn phòng thứ Năm 20/6');
    await tickAt(world, '2024-06-20', '07:30');
    expect(world.toldTo('second').at(-1)).toContain('hôm nay thứ Năm 20/6');
    expect(await world.only()).toMatchObject({ state: 'open', day: '2024-06-20' });
  });

  it('is not told to a unit that knows nothing of it before the time has come', async () => {
    const world = await planned();
    expect(await move(world, '20/6')).toContain('Phụ trách Bộ phận Văn phòng sẽ được báo trước ngày ấy.');
    expect(world.toldTo('head')).toEqual([]);
  });

  it('is announced at once to a unit that knows nothing of it and should by now, without the day that was', async () => {
    const world = await planned('Định kỳ', '20/6');
    await move(world, '6/6');
    expect(world.toldTo('head')).toHaveLength(1);
    expect(world.toldTo('head')[0]).toContain('kiểm tra Bộ phận Văn phòng thứ Năm 06/6');
    expect(world.toldTo('head')[0]).not.toContain('20/6');
    await tickAt(world, '2024-06-03', '10:00');
    expect(world.toldTo('head')).toHaveLength(1);
  });

  it('takes back what waits for the morning and speaks of the old day; who heard nothing else hears nothing', async () => {
    const world = await planned('Định kỳ', '20/6');
    world.at('2024-06-12', '22:30');
    await move(world, '14/6');
    const announced = world.rows.find(
      ({ target }) => target.kind === 'chat' && target.chat.chatId === 'head',
    );
    expect(announced?.message?.text).toContain('thứ Sáu 14/6');
    await world.tell('lead', 'kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', '28/6', 'Mưa to');
    expect((await world.app.deliveries.get(announced?.id ?? ''))?.state).toBe('cancelled');
    const toHead = world.rows.filter(({ target }) => target.kind === 'chat' && target.chat.chatId === 'head');
    expect(toHead).toHaveLength(1);
  });

  it('says once what it says however often the order runs, and keeps the day that was drawn first', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-05', '08:00');
    await world.say('lead', 'kiểm tra');
    let drawn = 0;
    const app = { ...world.app, draw: { below: () => drawn } };
    const { id: visitId } = await world.only();
    const context = { id: 'telegram:lead.99.0', conversation: newConversation(world.chatOf('lead'), 0) };
    const day = { from: '2024-06-11', to: '2024-06-14' };
    await moveVisit(app, context, { kind: 'move', visitId, day, reason: 'Bão' });
    const rows = world.rows.length;
    drawn = 2;
    await moveVisit(app, context, { kind: 'move', visitId, day, reason: 'Bão' });
    expect(world.rows).toHaveLength(rows);
    expect((await world.only()).day).toBe('2024-06-11');
  });

  it('never draws the day that it has', async () => {
    const world = await planned();
    await world.tell('lead', 'kiểm tra', '1', 'Đổi ngày', 'Máy chọn ngày', '12/6', '12/6', 'Bão');
    expect(world.toldTo('lead').at(-1)).toContain('không còn ngày làm việc nào khác');
    expect((await world.only()).day).toBe('2024-06-12');
  });

  it.each([
    ['its own day', '12/6', 'vốn đã vào ngày ấy'],
    ['today', '3/6', 'từ mai trở đi'],
  ])('is left where it was by %s', async (_, day, words) => {
    const world = await planned();
    const { id: visitId } = await world.only();
    const on = `2024-06-${day.split('/')[0]?.padStart(2, '0') ?? ''}`;
    expect(await world.order('lead', { kind: 'move', visitId, day: on, reason: 'x' })).toContain(words);
    expect((await world.only()).day).toBe('2024-06-12');
  });

  it('may be moved by whoever may call it off, and by nobody once it has begun', async () => {
    const world = await planned();
    const { id: visitId } = await world.only();
    const order = { kind: 'move', visitId, day: '2024-06-20', reason: 'x' } as const;
    expect(await world.order('second', order)).toContain('đổi đoàn và hủy là việc của trưởng đoàn');
    expect(await world.order('head', order)).toContain('đổi đoàn và hủy');
    expect(await world.order('chair', order)).toContain('Đã đổi ngày');
    await tickAt(world, '2024-06-20', '07:30');
    expect(world.toldTo('lead').at(-1)).not.toContain('Đổi ngày');
    expect(await world.order('lead', { ...order, day: '2024-06-28' })).toContain('đã bắt đầu');
  });

  it('that is called off afterwards is told to those who know of it', async () => {
    const world = await planned('Định kỳ', '20/6');
    await move(world, '6/6');
    await world.tell('lead', 'kiểm tra', '1', 'Hủy cuộc này', 'Bão số 3');
    expect(world.toldTo('head').at(-1)).toContain('thứ Năm 06/6 đã hủy');
  });

  it('leaves nothing of its old day to those whom the message did not reach then', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-05', '08:00');
    const old = world.rows.find(({ target }) => target.kind === 'chat' && target.chat.chatId === 'second');
    await world.app.deliveries.change(old?.id ?? '', ['pending'], { state: 'gone' });
    world.at('2024-06-05', '09:00');
    await move(world, '20/6');
    await reachTeam(world.app);
    expect(world.toldTo('lead').join('\n')).not.toContain('chưa đến được');
    const zalo = { ...newConversation({ platform: 'zalo', chatId: 'second' }, 0), heardAtMs: 0 };
    const app = {
      ...world.app,
      deliveries: { ...world.app.deliveries, refused: () => Promise.resolve(old ? [old] : []) },
      staff: { ...world.app.staff, byChat: () => Promise.resolve(world.members.second) },
    };
    const rows = world.rows.length;
    await tellWaitingNotes(app, zalo);
    expect(world.rows).toHaveLength(rows);
  });

  it('says nothing of the old day where a tick was saying it just then', async () => {
    const world = await planned();
    world.at('2024-06-05', '08:00');
    const { visits } = world.app;
    const visit = await world.only();
    await tickVisits({
      ...world.app,
      visits: {
        ...visits,
        async save(after, rev) {
          await visits.save({ ...visit, day: '2024-06-20', rev: visit.rev + 1 }, visit.rev);
          return visits.save(after, rev);
        },
      },
    });
    const head = world.rows.find(({ target }) => target.kind === 'chat' && target.chat.chatId === 'head');
    expect((await world.app.deliveries.get(head?.id ?? ''))?.state).toBe('cancelled');
  });
});

describe('the round of the plan that a visit carries out', () => {
  const round = async (world: InspectionWorld, id = 'KT-3.2024-06-12'): Promise<Duty> => {
    const duty = await world.app.duties.get(id);
    if (!duty) throw new Error(id);
    return duty;
  };

  it('follows the visit with its reminders, on record, where whoever moves it may move duties', async () => {
    const world = await planned();
    expect(await move(world, '20/6')).toContain('Lịch nhắc theo kế hoạch cũng dời sang ngày ấy.');
    const duty = await round(world);
    expect(duty).toMatchObject({ targetDate: '2024-06-20', state: 'open' });
    expect(duty.history.at(-1)).toMatchObject({ action: 'moved', reason: 'Bão số 2.' });
    expect(world.stores.audit.entries.map(({ action }) => action)).toContain('duty-moved');
    expect(world.toldTo('lead').join('\n')).not.toContain('đổi hạn');
    await tickAt(world, '2024-06-20', '09:00');
    await inspect(world);
    await world.say('lead', 'Kết thúc kiểm tra');
    expect((await round(world)).state).toBe('done');
    expect((await round(world, 'KT-3.2024-10-16')).state).toBe('open');
  });

  it('stays where it was, and says so, where whoever moves the visit may not move it', async () => {
    const world = await planned();
    const visit = await world.only();
    const { second } = world.members;
    await world.app.visits.save({ ...visit, team: [second.id], rev: visit.rev + 1 }, visit.rev);
    expect(await move(world, '20/6', 'second')).toContain('đợt này vẫn là ngày 12/6');
    expect((await round(world)).targetDate).toBe('2024-06-12');
  });

  it('stays where another visit carries it out, or where the visit was none of that day', async () => {
    const world = await planned();
    await world.tell('lead', ...planning('Định kỳ', '12/6').with(4, 'Bộ phận Tài chính – Kế toán'));
    expect(await move(world, '20/6')).not.toContain('kế hoạch');
    expect((await round(world)).targetDate).toBe('2024-06-12');
    const early = await planned('Định kỳ', '6/6');
    expect(await move(early, '11/6')).not.toContain('kế hoạch');
    expect((await round(early)).targetDate).toBe('2024-06-12');
  });

  it('is done by a visit that was moved to before its reminders begin, and a visit does one round only', async () => {
    const world = await planned('Định kỳ', '11/6');
    await move(world, '4/6');
    await tickAt(world, '2024-06-04', '09:00');
    await world.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect((await round(world)).state).toBe('done');
    const late = await planned();
    await late.tell('lead', 'kiểm tra', '1', 'Hủy cuộc này', 'Bão');
    await late.tell('lead', ...planning('Định kỳ', '16/10'));
    await tickAt(late, '2024-10-16', '09:00');
    await late.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect([(await round(late)).state, (await round(late, 'KT-3.2024-10-16')).state]).toEqual([
      'done',
      'open',
    ]);
  });

  it('is none where the visit comes by surprise', async () => {
    const world = await planned('Đột xuất');
    const said = await move(world, '20/6');
    expect(said).toContain('Cuộc này không báo trước, xin đừng chuyển tiếp tin này.');
    expect(said).not.toContain('kế hoạch');
    expect((await round(world)).targetDate).toBe('2024-06-12');
    expect([...world.toldTo('head'), ...world.toldTo('clerk'), ...world.toldTo('chair')]).toEqual([]);
    expect(world.toldTo('second').at(-1)).toContain('đổi sang thứ Năm 20/6');
    expect(JSON.stringify(world.stores.audit.entries)).not.toMatch(/inspection|duty-moved/u);
    expect(world.logged.filter((line) => !line.startsWith('duties opened'))).toEqual([]);
  });
});
