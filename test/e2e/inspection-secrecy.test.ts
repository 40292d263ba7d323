import { MongoClient } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '#src/domain/conversation/commands.ts';
import { listDuties } from '#src/main/commands/change-duties.ts';
import { showCoverage } from '#src/main/commands/coverage.ts';
import { previewDuties } from '#src/main/commands/duties.ts';
import { listInspections } from '#src/main/commands/inspections.ts';
import { listGroupRows } from '#src/main/commands/people.ts';
import { listStaff } from '#src/main/commands/staff.ts';
import { showStuck } from '#src/main/commands/stuck.ts';
import { driveByHand, type HandDriven, type Officer } from '#test/support/hand-driven.ts';
import { planning } from '#test/unit/inspections/planning.ts';

/** No visit; one that comes by surprise; for the control one that is announced. */
type Variant = 'none' | 'surprise' | 'announced';

/** All that the officers of the unit can see, with what differs by chance (ids, codes, moments) taken out. */
interface Seen {
  readonly screens: Readonly<Record<string, readonly string[]>>;
  readonly commandLine: readonly string[];
  readonly log: readonly string[];
  readonly metrics: readonly string[];
  readonly audit: readonly string[];
  /** How many rows of each sort there are. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Words that are no command of the list: they are said in sentences. */
const SENTENCES = ['ai nghỉ', 'menu', 'xin chào', 'đi làm lại'];
/** Some list has its first entry behind "1"; "0" leaves whatever form was opened. */
const AFTERWARDS = ['1', '0'];
/** Below "kiểm tra", for those who may plan. */
const DOCUMENT = 'Kế hoạch (bản Word)';

async function lookEverywhere(world: HandDriven, officers: readonly Officer[]): Promise<void> {
  const words = COMMANDS.map(({ words: [first = ''] }) => `/${first}`);
  for (const { who } of officers)
    for (const command of [...words, ...SENTENCES])
      for (const one of [command, ...AFTERWARDS]) await world.say(who, one);
  for (const { who } of officers) for (const one of ['kiểm tra', DOCUMENT]) await world.say(who, one);
}

interface Life {
  readonly world: HandDriven;
  readonly officers: readonly Officer[];
  readonly lead: Officer;
}

/** A ward with officers of the office, one of them in the place of the chairperson, and inspectors of the steering committee. */
async function begin(variant: Variant): Promise<Life> {
  const world = await driveByHand();
  world.at('2024-06-03', '09:00');
  const lead = await world.join('Trần Văn Lê', ['inspector', 'leader'], 'steering-committee');
  await world.join('Bùi Thị Hai', ['inspector'], 'political-organisations');
  const head = await world.join(
    'Lê Thị Hoa',
    ['leader', 'approver', 'admin', 'denunciation-officer'],
    'office',
  );
  const clerk = await world.join('Phạm Văn Dũng', ['handler', 'editor', 'inspector'], 'office');
  // Who is above a duty is drawn by ids where a unit has no leader of its own; each world draws its own.
  for (const unitId of ['culture-information', 'one-stop']) {
    await world.join(`Vũ Thị Mai ${unitId}`, ['leader'], unitId);
    await world.join(`Ngô Văn Nam ${unitId}`, ['handler'], unitId);
  }
  const chair = await world.join('Đỗ Văn Tùng', ['chairperson'], 'chairperson');
  const { staff } = world.stage.runtime.core.store;
  await staff.setDeputy(chair.member.id, clerk.member.id);
  await staff.setLeave(chair.member.id, { from: '2024-06-11', to: '2024-06-14' });
  await world.runJobs();
  const words = planning(variant === 'announced' ? 'Định kỳ' : 'Đột xuất', '11/6');
  for (const one of variant === 'none' ? [...words.slice(0, -1), 'Thôi'] : words)
    await world.say(lead.who, one);
  return { world, lead, officers: [head, clerk] };
}

/** The week before, the week itself with the day on which it was to be, its day, and the day after. */
const MOMENTS = [
  ['2024-06-05', '08:00'],
  ['2024-06-10', '08:00'],
  ['2024-06-11', '08:00'],
  ['2024-06-12', '07:30'],
  ['2024-06-12', '15:00'],
  ['2024-06-13', '08:00'],
] as const;

async function live(variant: Variant, life: Life): Promise<Seen> {
  const { world, officers, lead } = life;
  try {
    await lookEverywhere(world, officers);
    for (const [day, time] of MOMENTS) {
      world.at(day, time);
      await world.runJobs();
      if (day === '2024-06-05' && variant !== 'none') await regroup(world, lead);
      if (day === '2024-06-10' && variant !== 'none') await move(world, lead);
      if (day === '2024-06-12' && variant !== 'none' && time === '15:00') await inspect(world, lead);
      if (time === '15:00') await lookEverywhere(world, officers);
    }
    if (variant !== 'none') {
      const screen = world.screenOf(lead.who).join('\n');
      expect(screen).toContain('Đã đổi đoàn kiểm tra Bộ phận Văn phòng thứ Ba 11/6');
      expect(screen).toContain('từ thứ Ba 11/6 sang thứ Tư 12/6');
      expect(screen).toContain('hôm nay thứ Tư 12/6');
      expect(screen).toContain('Đã ghi: Vắng hai người (Cần sửa');
    }
    return await seen(life);
  } finally {
    await world.close();
  }
}

/** The lead with somebody else. */
async function regroup(world: HandDriven, { who }: Officer): Promise<void> {
  for (const one of ['kiểm tra', '1', 'Đổi đoàn', 'Chị Hai bận', '1, 4', '1']) await world.say(who, one);
}

/** From 11/6 to 12/6, the day before. */
async function move(world: HandDriven, { who }: Officer): Promise<void> {
  for (const one of ['kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', '12/6', 'Mưa bão'])
    await world.say(who, one);
}

async function inspect(world: HandDriven, { who }: Officer): Promise<void> {
  for (const one of [
    'Xem từng mục',
    'Chưa đạt',
    'Ghi điều thấy được',
    'Vắng hai người',
    'Cần sửa',
    '20/6',
    'Bỏ qua',
    'Ghi',
  ])
    await world.say(who, one);
}

async function seen({ world, officers }: Life): Promise<Seen> {
  const { core, metrics } = world.stage.runtime;
  const names = new Map((await core.store.staff.list()).map(({ id, name }) => [id, name]));
  const same = (text: string): string => withoutChance(text, names);
  const [head] = officers;
  const asked = { unannounced: true, by: head?.member.id ?? '', reason: 'xem' } as const;
  const answers = [
    await previewDuties(core, '2024-06-01', '2024-12-31'),
    await listDuties(core),
    await listInspections(core, {}),
    await listInspections(core, asked),
    await listStaff(core),
    await showStuck(core),
    await listGroupRows(core),
    await showCoverage(core, '2024-06'),
  ];
  const scraped = (await metrics.scrape()).text.split('\n');
  const stored = await storedIn(core.config.mongodbUri);
  return {
    screens: Object.fromEntries(officers.map(({ who }) => [who.name, world.screenOf(who)])),
    commandLine: answers.map((one) => same(JSON.stringify(one))),
    log: world.log.map(same).sort(),
    // How much is sent says that people talk: whose series there are is what could tell of a visit.
    metrics: scraped.map((line) => line.replace(/ [\d.e+-]+$/u, '')),
    counts: stored.counts,
    audit: stored.audit.map(same).sort(),
  };
}

/** Where talk itself is kept: the team says and hears more than nobody does. */
const TALK: ReadonlySet<string> = new Set(['visits', 'inbox', 'deliveries']);

async function storedIn(mongodbUri: string): Promise<Pick<Seen, 'counts' | 'audit'>> {
  const client = await MongoClient.connect(mongodbUri, { retryWrites: false });
  try {
    const counts: [string, number][] = [];
    for (const collection of await client.db().collections())
      if (!TALK.has(collection.collectionName))
        counts.push([collection.collectionName, (await collection.find().toArray()).length]);
    const audit = await client.db().collection('audit').find().toArray();
    return {
      counts: Object.fromEntries(counts),
      audit: audit.map((row: Readonly<Record<string, unknown>>) =>
        JSON.stringify([row['by'], row['action'], row['subject'], row['reason']]),
      ),
    };
  } finally {
    await client.close();
  }
}

function withoutChance(text: string, names: ReadonlyMap<string, string>): string {
  let same = text;
  for (const [id, name] of names) same = same.replaceAll(id, name);
  return same
    .replaceAll(/"time":"[^"]+"/gu, '"time":"…"')
    .replaceAll(/[\w-]{22,}/gu, '…')
    .replaceAll(/\b\d{6,}\b/gu, '…');
}

const lived = new Map<Variant, Seen>();
const of = (variant: Variant): Seen => {
  const found = lived.get(variant);
  if (!found) throw new Error(variant);
  return found;
};

beforeAll(async () => {
  const lives: [Variant, Life][] = [];
  for (const variant of ['none', 'surprise', 'announced'] as const)
    lives.push([variant, await begin(variant)]);
  await Promise.all(lives.map(async ([variant, life]) => lived.set(variant, await live(variant, life))));
}, 300_000);

describe('a visit that comes by surprise', () => {
  it('leaves no trace in anything that the officers of the unit can see, from its planning to the day after', () => {
    const without = of('none');
    expect(Object.values(without.screens).map(({ length }) => length > 100)).toEqual([true, true]);
    expect(without.log.length).toBeGreaterThan(0);
    expect(without.audit.length).toBeGreaterThan(0);
    expect(of('surprise')).toEqual(without);
  });

  it('would leave traces if it were announced: so the comparison can fail', () => {
    const { screens, commandLine, audit } = of('announced');
    const head = screens['Lê Thị Hoa'] ?? [];
    expect(head.join('\n')).toContain('kiểm tra Bộ phận Văn phòng thứ Ba 11/6');
    expect(head.join('\n')).toContain('đổi sang thứ Tư 12/6');
    expect(head).not.toEqual(of('none').screens['Lê Thị Hoa']);
    expect(commandLine).not.toEqual(of('none').commandLine);
    expect(audit).not.toEqual(of('none').audit);
  });
});
