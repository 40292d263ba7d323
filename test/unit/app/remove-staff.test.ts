import { beforeEach, describe, expect, it } from 'vitest';
import { createCase } from '#src/app/cases/create-case.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { removeStaff } from '#src/app/staff/remove-staff.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import { pickChain } from '#src/domain/duties/chain.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

const DL2 = 'DL-2.2024';
let world: AppWorld;
let admin: StaffMember;
let members: Map<string, StaffMember>;

beforeEach(async () => {
  world = await createAppWorld();
  members = new Map();
  for (const [name, roles, unit] of [
    ['an', ['handler'], 'office'],
    ['binh', ['handler'], 'office'],
    ['hoa', ['leader'], 'office'],
    ['long', ['handler'], 'urban-environment'],
    ['lan', ['leader'], 'urban-environment'],
    ['thang', ['chairperson'], 'chairperson'],
  ] as const)
    members.set(name, await world.join(name, roles, unit));
  admin = await world.join('quan', ['admin'], 'one-stop');
  await openPlanDuties(world.app);
});

const one = (name: string): StaffMember => {
  const member = members.get(name);
  if (!member) throw new Error(name);
  return member;
};
const remove = (name: string, by = admin) =>
  removeStaff(world.app, { id: `removed.${name}`, staffId: one(name).id, by, reason: 'chuyển công tác' });
const responsibleOf = async (id: string) => (await world.app.duties.get(id))?.responsibleId;

describe('somebody who has left', () => {
  it('is nobody to the bot any more, and gets nothing', async () => {
    await remove('an');
    expect(await world.app.staff.byChat(world.chatOf('an'))).toBeNull();
    const before = world.toldTo('an').length;
    world.time.nowMs = Date.parse('2024-05-08T08:00+07:00');
    await tickDuties(world.app);
    expect(world.toldTo('an')).toHaveLength(before);
  });

  it('hands every duty to somebody else of the unit, who hears of it and why, once', async () => {
    const had = [...members].find(
      ([, { id }]) => id === pickChain([...members.values()], 'office', null).responsibleId,
    );
    const [name = ''] = had ?? [];
    expect(await responsibleOf(DL2)).toBe(one(name).id);
    const removed = await remove(name);
    await remove(name);
    const other = name === 'an' ? 'binh' : 'an';
    expect(removed).toMatchObject({ kind: 'removed' });
    expect(await responsibleOf(DL2)).toBe(one(other).id);
    const told = world.toldTo(other).filter((text) => text.includes('6 tháng nay giao anh'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Lý do: chuyển công tác.');
  });

  it('stands in no chain of those who are told next', async () => {
    await remove('hoa');
    const above = (await world.app.duties.list()).map(({ headId }) => headId);
    expect(above).not.toContain(one('hoa').id);
  });

  it('leaves no case alone: the leader of the unit hears which ones', async () => {
    const context = {
      id: 'telegram:tu.1.0',
      conversation: newConversation(world.chatOf('tu'), world.time.nowMs),
    };
    const draft = { text: 'Đèn hỏng', placeText: 'Khu 3', location: null, files: [], phone: null };
    await createCase(world.app, context, { ...draft, categoryId: 'street-light' });
    const matter = (await world.app.cases.openOfUnit('urban-environment', 1))[0];
    if (!matter) throw new Error('no case');
    const entry = { atMs: 0, by: one('long').id, action: 'taken' } as const;
    await world.app.cases.update(matter.id, matter.rev, { handlerId: one('long').id }, entry);
    expect(await remove('long')).toMatchObject({ cases: ['3-0001'] });
    expect(world.toldTo('lan').at(-1)).toBe(
      'Anh lan: anh long không còn làm ở bộ phận. Việc của người dân đang chờ người giữ: 3-0001. Nhờ anh giao cho người khác: nhắn “việc”.',
    );
  });

  it('as a neighbourhood head gets no post to forward any more', async () => {
    const chat = world.chatOf('an');
    const place = await world.app.destinations.upsert({
      ...{ kind: 'relay', chat, title: 'An', neighbourhood: 'khu-3', audience: null, state: 'active' },
      staffId: one('an').id,
    });
    await remove('an');
    expect(await world.app.destinations.get(place.id)).toMatchObject({ state: 'unreachable' });
  });
});

it('only admins and the chairperson take somebody out', async () => {
  expect(await remove('an', one('hoa'))).toEqual({ kind: 'not-allowed' });
  expect(await world.app.staff.byChat(world.chatOf('an'))).not.toBeNull();
});
