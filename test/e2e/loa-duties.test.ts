import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { answered, type Environment, environmentOf, refused } from '#test/support/command-line.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const changed = z.strictObject({
  ok: z.literal(true),
  duty: z.string(),
  due: z.string(),
  to: z.string(),
  state: z.string(),
  reached: z.boolean(),
});
const listed = z.array(z.looseObject({ duty: z.string(), due: z.string(), to: z.string().nullable() }));

let world: World;
let environment: Environment;
let dung: Someone;
let nam: Someone;
let leader: Someone;
let ids: Readonly<Record<'dung' | 'nam' | 'leader', string>>;

beforeAll(async () => {
  const platforms = ['telegram'] as const;
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, platforms });
  environment = environmentOf(world);
  [dung, nam, leader] = ['Trần Dũng', 'Bùi Nam', 'Lê Hoa'].map((name) => world.someone('telegram', name)) as [
    Someone,
    Someone,
    Someone,
  ];
  ids = {
    dung: (await world.joinStaff(dung, ['handler'], 'office', null, 'anh')).id,
    nam: (await world.joinStaff(nam, ['handler'], 'office', null, 'anh')).id,
    leader: (await world.joinStaff(leader, ['leader'], 'office', null, 'chị')).id,
  };
});
afterAll(() => world.stop());

it('a leader’s duty is opened, given away, moved and called off by command, and whom it concerns hears of it', async () => {
  const by = ['--by', ids.leader, '--reason', 'họp giao ban'];
  const order = (...words: readonly string[]) => answered(changed, environment, 'duties', ...words, ...by);
  const due = ['--due', '2099-06-26'];
  const added = await order('add', '--to', ids.dung, ...due, '--title', 'Niêm yết quyết định');
  expect(added).toMatchObject({ due: '2099-06-26', to: ids.dung, state: 'open', reached: true });
  expect(await dung.hear('Niêm yết quyết định nay giao anh')).toContain('Lý do: họp giao ban.');

  expect(await order('assign', added.duty, '--to', ids.nam)).toMatchObject({ to: ids.nam });
  await nam.hear('Niêm yết quyết định nay giao anh, hạn cuối thứ Sáu 26/6');
  await dung.hear('Niêm yết quyết định nay giao anh Nam, anh không phải làm nữa');

  expect(await order('move', added.duty, '--due', '2099-07-01')).toMatchObject({ due: '2099-07-01' });
  await nam.hear('Niêm yết quyết định đổi hạn, nay hạn cuối thứ Tư 01/7');
  const open = await answered(listed, environment, 'duties', 'list');
  expect(open.find(({ duty }) => duty === added.duty)).toMatchObject({
    due: '2099-07-01',
    to: ids.nam,
  });

  expect(await order('cancel', added.duty)).toMatchObject({ state: 'cancelled' });
  await nam.hear('Niêm yết quyết định không phải làm nữa');
  const after = await answered(listed, environment, 'duties', 'list');
  expect(after.map(({ duty }) => duty)).not.toContain(added.duty);
});

it('who has left is taken out by command: their chat speaks for nobody, and the record stays', async () => {
  const gone = world.someone('telegram', 'Phạm Sơn');
  const { id } = await world.joinStaff(gone, ['handler'], 'finance', null, 'anh');
  const chief = await world.joinStaff(
    world.someone('telegram', 'Vũ Quân'),
    ['admin'],
    'one-stop',
    null,
    'anh',
  );
  gone.say('việc của tôi');
  await gone.hear(/việc/iu);
  const removal = z.strictObject({
    ok: z.literal(true),
    staff: z.literal(id),
    duties: z.array(z.unknown()),
    cases: z.array(z.string()),
  });
  await answered(removal, environment, 'staff', 'remove', id, '--by', chief.id, '--reason', 'nghỉ hưu');
  gone.say('menu');
  await gone.hear('Kính chào ông/bà');
  const people = z.array(z.looseObject({ staff: z.string(), state: z.string() }));
  const row = (await answered(people, environment, 'staff', 'list')).find(({ staff }) => staff === id);
  expect(row).toMatchObject({ name: 'Phạm Sơn', state: 'not in' });
});

it('what cannot be ordered is refused with its reason', async () => {
  const { dung: handler, nam: to } = ids;
  const why = async (...words: readonly string[]) => {
    const answer = await refused(environment, 'duties', ...words, '--reason', 'họp');
    return (answer as { reason: string }).reason;
  };
  const due = ['--due', '2099-06-26'];
  const byLeader = ['--by', ids.leader];
  expect(await why('add', '--to', to, ...due, '--by', handler, '--title', 'x')).toBe('not-allowed');
  expect(await why('add', '--to', to, ...due, ...byLeader)).toBe('no-title');
  expect(await why('add', '--to', 'x', ...due, ...byLeader, '--title', 'x')).toBe('unknown-staff');
  expect(await why('add', '--to', to, '--due', '26/6', ...byLeader, '--title', 'x')).toBe('day');
  expect(await why('cancel', 'TV-0', ...byLeader)).toBe('unknown-duty');
});
