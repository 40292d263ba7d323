import { beforeEach, expect, it } from 'vitest';
import { type CaseWorld, createCaseWorld, UNIT } from './case-world.ts';

let world: CaseWorld;
beforeEach(async () => {
  world = await createCaseWorld();
  await world.join('phu', ['leader'], UNIT);
});
const alerts = () => world.toldTo('phu').filter((text) => text.includes('người dân báo'));

it('five residents about one place raise one alert to the leader, and the sixth none', async () => {
  for (const name of ['b', 'c', 'd']) await world.report(name);
  expect(alerts()).toEqual([]);
  await world.report('e');
  await world.report('f');
  expect(alerts()).toHaveLength(1);
  expect(alerts()[0]).toContain('5 người dân báo “Đèn đường hỏng” ở Khu 3');
});

it('one resident who writes five times is one, and other places and matters are others', async () => {
  for (let time = 0; time < 5; time += 1) await world.report('resident');
  for (const name of ['b', 'c', 'd', 'e']) await world.report(name, { placeText: 'Khu 5A' });
  for (const name of ['g', 'h', 'i']) await world.report(name, { categoryId: 'rubbish' });
  expect(alerts()).toEqual([]);
});

it('many about one matter, wherever they live, raise one as well', async () => {
  for (let number = 1; number <= 9; number += 1) {
    await world.report(`r${String(number)}`, { placeText: `Khu ${String(number)}` });
  }
  expect(alerts()).toHaveLength(1);
  expect(alerts()[0]).toContain('10 người dân');
});

it('reports of long ago do not count', async () => {
  for (const name of ['b', 'c', 'd']) await world.report(name);
  world.at('2024-03-29 09:00');
  await world.report('e');
  expect(alerts()).toEqual([]);
});
