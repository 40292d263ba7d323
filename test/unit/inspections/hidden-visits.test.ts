import { describe, expect, it } from 'vitest';
import { reachTeam } from '#src/app/inspections/reach-team.ts';
import { createInspectionWorld, inspect, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

const STALE = 'Nút này đã cũ';

describe('a visit that comes by surprise', () => {
  async function opened(): Promise<InspectionWorld> {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Đột xuất'));
    world.at('2024-06-12', '07:30');
    await world.tick();
    world.at('2024-06-12', '09:00');
    return world;
  }
  const audited = (world: InspectionWorld): string => JSON.stringify(world.stores.audit.entries);

  it('gives whoever works in the unit nothing but what any old button answers, and leaves a trace', async () => {
    const world = await opened();
    const { id: visitId } = await world.only();
    const orders = [
      { kind: 'show', visitId },
      { kind: 'ask', visitId },
      { kind: 'minutes', visitId },
      { kind: 'answer', visitId, itemId: 'hours', verdict: 'ok' },
      { kind: 'find', visitId, text: 'x', severity: 'remind', term: null, photos: [] },
      { kind: 'close', visitId, isSure: false },
      { kind: 'move', visitId, day: '2024-06-20', reason: 'x' },
      { kind: 'cancel', visitId, reason: 'x' },
    ] as const;
    for (const order of orders) {
      expect(await world.order('head', order)).toContain(STALE);
      expect(await world.order('clerk', { ...order, visitId: 'no-such-visit' })).toContain(STALE);
    }
    expect(await world.only()).toMatchObject({ state: 'open', answers: {}, findings: [] });
    const refused = world.stores.audit.entries.filter(({ action }) => action === 'inspection-refused');
    expect(refused.filter(({ by }) => by === world.members.head.id)).toHaveLength(orders.length);
  });

  it('is not seen by a member of the unit who stands in for the chairperson or the lead', async () => {
    const world = await opened();
    const { lead, chair, clerk } = world.members;
    const away = { from: '2024-06-01', to: '2024-06-30' };
    for (const { id } of [lead, chair]) {
      await world.app.staff.setLeave(id, away);
      await world.app.staff.setDeputy(id, clerk.id);
    }
    expect(await world.say('clerk', 'kiểm tra')).not.toContain('12/6');
    expect(await world.order('clerk', { kind: 'show', visitId: (await world.only()).id })).toContain(STALE);
    expect(world.toldTo('clerk').join('\n')).not.toContain('hôm nay');
  });

  it('is told to its team alone, logged nowhere, and in the audit only once it is closed', async () => {
    const world = await opened();
    expect(world.toldTo('second').at(-1)).toContain('hôm nay thứ Tư 12/6');
    expect([...world.toldTo('head'), ...world.toldTo('clerk'), ...world.toldTo('chair')]).toEqual([]);
    expect(world.logged).toEqual([]);
    expect(audited(world)).not.toContain('inspection');
    await inspect(world);
    expect(audited(world)).not.toContain('inspection');
    await world.tell('lead', 'Kết thúc kiểm tra');
    const actions = new Set(world.stores.audit.entries.map(({ action }) => action));
    for (const action of ['planned', 'opened', 'answered', 'found', 'closed'])
      expect(actions).toContain(`inspection-${action}`);
    expect(world.toldTo('head').at(-1)).toContain('biên bản');
    expect(await world.say('head', 'kiểm tra')).toContain('Bộ phận Văn phòng, thứ Tư 12/6, đã xong');
  });

  it('that is called off stays unseen for ever', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Đột xuất'));
    await world.tell('lead', 'kiểm tra', '1', 'Hủy cuộc này', 'Lộ tin');
    expect([...world.toldTo('head'), ...world.toldTo('clerk')]).toEqual([]);
    expect(await world.say('head', 'kiểm tra')).not.toContain('12/6');
    expect(audited(world)).not.toContain('inspection');
    expect(await world.say('lead', 'kiểm tra')).toContain('đã hủy, không báo trước');
  });
});

describe('a message about a visit that did not arrive', () => {
  it('goes to the next address, else whoever leads is asked to call, and nobody else hears that something waits', async () => {
    const world = await createInspectionWorld();
    await world.tell('lead', ...planning('Đột xuất'));
    world.at('2024-06-12', '07:30');
    await world.tick();
    const row = world.rows.find(({ target }) => target.kind === 'chat' && target.chat.chatId === 'second');
    await world.app.deliveries.change(row?.id ?? '', ['pending'], { state: 'gone' });
    await reachTeam(world.app);
    await reachTeam(world.app);
    expect(world.toldTo('lead').filter((words) => words.includes('chưa đến được anh second'))).toHaveLength(
      1,
    );
    expect([...world.toldTo('head'), ...world.toldTo('clerk')]).toEqual([]);
    expect(world.logged).toEqual([]);
  });
});
