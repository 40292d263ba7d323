import { describe, expect, it } from 'vitest';
import { minutesId } from '#src/app/inspections/draw-minutes.ts';
import { runInspection } from '#src/app/inspections/run-inspection.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { createInspectionWorld, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

type World = InspectionWorld & { readonly third: InspectionWorld['members']['lead'] };

/** `third` may be sent, too. */
async function planned(kind: 'Định kỳ' | 'Đột xuất' = 'Định kỳ', day = '12/6'): Promise<World> {
  const world = await createInspectionWorld();
  await world.tell('lead', ...planning(kind, day));
  return { ...world, third: await world.join('third', ['inspector'], 'one-stop') };
}

const tickAt = async (world: World, day: string, clock: string): Promise<void> => {
  world.at(day, clock);
  await world.tick();
};

/** The lead keeps the lead and takes `third` in the place of `second`; the list shows them by unit and name. */
async function takeThird(world: World): Promise<string> {
  await world.tell('lead', 'kiểm tra', '1');
  const asked = await world.tell('lead', 'Đổi đoàn', 'Chị Hai bận họp.');
  expect(asked).toContain('Ai trong đoàn từ nay?');
  expect(asked).not.toContain('clerk');
  return world.tell('lead', `${numberOf(asked, 'lead')}, ${numberOf(asked, 'third')}`, '1');
}

const numberOf = (list: string, name: string): string =>
  new RegExp(String.raw`(?<number>\d+) Nguyễn Văn ${name}\b`, 'u').exec(list)?.groups?.['number'] ?? '';

describe('a team that is changed', () => {
  it('is told to its members and to who is off it where they knew of the visit; the new one looks, and the minutes name them', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-05', '08:00');
    const before = world.toldTo('head').length;
    expect(await takeThird(world)).toContain('Đoàn nay gồm: anh lead, anh third. Trưởng đoàn: anh lead.');
    expect(world.toldTo('third')).toHaveLength(1);
    expect(world.toldTo('third')[0]).toContain(
      'Anh third: đoàn kiểm tra Bộ phận Văn phòng thứ Tư 12/6 nay gồm anh lead, anh third. Trưởng đoàn: anh lead.',
    );
    expect(world.toldTo('second').at(-1)).toContain(
      'anh không phải đi kiểm tra Bộ phận Văn phòng thứ Tư 12/6 nữa',
    );
    expect(world.toldTo('head')).toHaveLength(before);
    await tickAt(world, '2024-06-12', '07:30');
    expect(world.toldTo('third').at(-1)).toContain('hôm nay thứ Tư 12/6');
    expect(world.toldTo('second').at(-1)).not.toContain('hôm nay');
    world.at('2024-06-12', '09:00');
    expect(await world.tell('third', 'Xem từng mục', 'Đạt')).toContain('Mục 2/5');
    await world.tell('lead', 'kiểm tra', '1', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    const file = await world.app.media.get(minutesId(await world.only()));
    const read = file && (await createDocuments().readWords(file));
    expect(read?.kind === 'words' ? read.marked : '').toMatch(/2\. Nguyễn Văn third/u);
  });

  it('of a visit by surprise is told to nobody before its day, and the one who is off it sees it no more', async () => {
    const world = await planned('Đột xuất');
    expect(await takeThird(world)).toContain('xin đừng chuyển tiếp');
    for (const who of ['second', 'third', 'head', 'clerk', 'chair']) expect(world.toldTo(who)).toEqual([]);
    expect(await world.say('second', 'kiểm tra')).not.toContain('12/6');
    await tickAt(world, '2024-06-12', '07:30');
    expect(world.toldTo('third').at(-1)).toContain('hôm nay thứ Tư 12/6');
    expect(world.toldTo('second').join('\n')).not.toContain('hôm nay');
    expect(JSON.stringify(world.stores.audit.entries)).not.toContain('inspection');
  });

  it('may be changed while they look: who comes reads what is to be looked at, and what was ticked stays', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-12', '07:30');
    world.at('2024-06-12', '09:00');
    await world.tell('second', 'Xem từng mục', 'Đạt');
    await takeThird(world);
    expect(world.toldTo('third').at(-1)).toContain('Xem từng mục');
    expect(await world.say('third', 'Xem từng mục')).toContain('Mục 2/5');
    const { id: visitId } = await world.only();
    const order = { kind: 'answer', visitId, itemId: 'x', verdict: 'ok' } as const;
    expect(await world.order('second', order)).not.toContain('Mục');
  });

  it('whose lead is on leave gives who stands in what the lead could do, right below the message', async () => {
    const world = await planned();
    await world.app.staff.setLeave(world.members.lead.id, { from: '2024-06-12', to: '2024-06-12' });
    await tickAt(world, '2024-06-12', '07:30');
    world.at('2024-06-12', '09:00');
    const { id: visitId } = await world.only();
    const team = [world.members.lead.id, world.third.id];
    await world.order('chair', { kind: 'regroup', visitId, team, reason: 'Bận' });
    expect(world.toldTo('third').at(-1)).toContain('Kết thúc kiểm tra');
  });

  it('gets another lead, who closes from then on', async () => {
    const world = await planned();
    const { second, lead } = world.members;
    const { id: visitId } = await world.only();
    expect(
      await world.order('chair', { kind: 'regroup', visitId, team: [second.id], reason: 'Bận' }),
    ).toContain('Đoàn nay gồm: anh second');
    await tickAt(world, '2024-06-12', '07:30');
    expect(world.toldTo('second').at(-1)).toContain('Trưởng đoàn: anh second');
    expect(world.toldTo('lead').join('\n')).not.toContain('hôm nay thứ Tư');
    expect(await world.only()).toMatchObject({ team: [second.id], plannedById: lead.id });
  });

  it.each([
    ['somebody of the unit', (world: World) => [world.members.clerk.id], 'làm ở bộ phận được kiểm tra'],
    ['nobody', () => [], 'Đoàn chưa có ai'],
    ['somebody unknown', () => ['gone'], 'người đã nghỉ việc'],
  ] as const)('stays as it was where it would have %s', async (_, teamOf, words) => {
    const world = await planned();
    const { id: visitId, team } = await world.only();
    expect(
      await world.order('lead', { kind: 'regroup', visitId, team: teamOf(world), reason: 'Bận' }),
    ).toContain(words);
    expect((await world.only()).team).toEqual(team);
  });

  it('may be changed by whoever may call the visit off, and by nobody once it is closed', async () => {
    const world = await planned();
    const { id: visitId } = await world.only();
    const order = { kind: 'regroup', visitId, team: [world.third.id], reason: 'Bận' } as const;
    expect(await world.order('second', order)).toContain('Việc này của');
    expect(await world.order('head', order)).toContain('Việc này của');
    await tickAt(world, '2024-06-12', '09:00');
    await world.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(await world.order('lead', order)).toContain('đã kết thúc');
  });

  it('takes back what waits for the morning for who is off it', async () => {
    const world = await planned('Định kỳ', '20/6');
    world.at('2024-06-13', '22:30');
    await world.tick();
    await takeThird(world);
    const toSecond = world.rows.filter(
      ({ target }) => target.kind === 'chat' && target.chat.chatId === 'second',
    );
    const states = await Promise.all(
      toSecond.map(async ({ id }) => (await world.app.deliveries.get(id))?.state),
    );
    expect(states).toEqual(['cancelled']);
  });

  it('says once what it says however often the order runs', async () => {
    const world = await planned();
    await tickAt(world, '2024-06-05', '08:00');
    await world.say('lead', 'kiểm tra');
    const { id: visitId } = await world.only();
    const context = { id: 'telegram:lead.99.0', conversation: newConversation(world.chatOf('lead'), 0) };
    const team = [world.members.lead.id, world.third.id];
    const order = { kind: 'regroup', visitId, team, reason: 'Bận' } as const;
    await runInspection(world.app, context, order);
    const rows = world.rows.length;
    await runInspection(world.app, context, order);
    expect(world.rows).toHaveLength(rows);
  });

  it('that is all on leave can be replaced from the very message that says so', async () => {
    const world = await planned();
    for (const who of ['lead', 'second'] as const)
      await world.app.staff.setLeave(world.members[who].id, { from: '2024-06-12', to: '2024-06-12' });
    await world.say('second', 'nghỉ ngày 12/6');
    expect(world.toldTo('lead').at(-1)).toContain('Đổi đoàn');
  });
});
