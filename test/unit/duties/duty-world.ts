import { createLetters } from '#src/reports/blank-letter.ts';
import { createPapers } from '#src/reports/papers.ts';
import { createCategorySearch } from '#src/search/category-search.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import type { App } from '#src/app/app.ts';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { atLocal, localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';
import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import type { Tick } from '#src/domain/duties/tick-duty.ts';
import { tickDuty, USUAL_TICK } from '#src/domain/duties/tick-duty.ts';
import type { Duty } from '#src/domain/duty.ts';
import { isOnLeave, type Leave, type Role, type StaffMember } from '#src/domain/staff.ts';
import type { Plan } from '#src/domain/plan.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { plan as wholePlan, posts } from '#test/support/conversation.ts';
import { FakeChannel } from '#test/support/fake-channel.ts';
import { memoryStores } from '#test/support/memory-stores.ts';

/** The plan with what it dates itself alone: few duties, so that a test can name them all. */
export const plan = { ...wholePlan, routines: [] };
export const calendar = buildCalendar({ fromYear: 2023, toYear: 2028, officeHours: USUAL_HOURS });
export const texts = await loadTexts('vi');

const at = (text: string): number => {
  const [date = '', time = ''] = text.split(' ');
  return atLocal(date, time);
};
/** `2024-05-09 07:30` at the ward. */
export { at };
export const human = (ms: number): string => `${localDateOf(ms)} ${localTimeOf(ms)}`;

export function member(
  id: string,
  options: {
    name?: string;
    roles?: readonly Role[];
    unitId?: string;
    contact?: boolean;
    leave?: Leave;
    deputyId?: string;
  } = {},
): StaffMember {
  return {
    id,
    name: options.name ?? id,
    address: 'anh',
    roles: options.roles ?? ['handler'],
    unitId: options.unitId ?? 'office',
    neighbourhood: null,
    contacts: options.contact === false ? [] : [{ platform: 'zalo', chatId: `z-${id}` }],
    active: true,
    ...(options.leave && { leave: options.leave }),
    ...(options.deputyId !== undefined && { deputyId: options.deputyId }),
  };
}

export const dung = member('dung', { name: 'Trần Tiến Dũng' });
export const head = member('hoa', { name: 'Lê Thị Hoa', roles: ['leader'] });
export const chair = member('thang', {
  name: 'Phạm Văn Thắng',
  roles: ['chairperson'],
  unitId: 'chairperson',
});
export const admin = member('quan', { name: 'Vũ Quân', roles: ['admin'], unitId: 'one-stop' });

export const staff: readonly StaffMember[] = [chair, dung, head];
export const everyone = { ...USUAL_TICK, inPlaceOf: (id: string) => id };

export function opened(id: string, year: number, nowMs = at(`${year}-01-01 00:00`)): Duty {
  const duty = openDuties(plan, year, staff, calendar, nowMs).find((one) => one.id === id);
  if (!duty) throw new Error(`no duty ${id}`);
  return duty;
}

export const said = (tick: Tick): string[] =>
  tick.reminders.map(({ kind, to, late }) => `${kind} ${to}${late ? ' late' : ''}`);

/** Ticks at each instant and tells what was said there. */
export function run(
  start: Duty,
  instants: readonly string[],
): { duty: Duty; said: Record<string, string[]> } {
  let duty = start;
  const all: Record<string, string[]> = {};
  for (const instant of instants) {
    const tick = tickDuty(duty, at(instant), everyone);
    duty = tick.duty;
    all[instant] = said(tick);
  }
  return { duty, said: all };
}

export function answer(duty: Duty, what: Parameters<typeof answerDuty>[1], when: string, by = dung): Duty {
  const result = answerDuty(duty, what, by, `${by.id} ${when} ${what.kind}`, at(when), calendar);
  if (!('duty' in result)) throw new Error(result.kind);
  return result.duty;
}

/** The use cases' world in memory, on a clock that the test moves. */
export async function dutyWorld(options: {
  readonly nowMs: number;
  readonly staff?: readonly StaffMember[];
  readonly plan?: Plan;
}) {
  const stores = memoryStores();
  const world = { nowMs: options.nowMs, staff: [...(options.staff ?? [dung, head, chair, admin])] };
  const rows: string[] = [];
  const zalo = new FakeChannel('zalo');
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const unused = () => Promise.reject(new Error('not used here'));
  const staff: App['staff'] = {
    ...stores.staff,
    list: () => Promise.resolve(world.staff),
    onLeave: (day) => Promise.resolve(world.staff.filter((one) => isOnLeave(one, day))),
    withRole: (role) => Promise.resolve(world.staff.filter((one) => one.active && one.roles.includes(role))),
    get: (id) => Promise.resolve(world.staff.find((one) => one.id === id) ?? null),
    byChat: (chat) =>
      Promise.resolve(
        world.staff.find((one) => one.contacts.some(({ chatId }) => chatId === chat.chatId)) ?? null,
      ),
  };
  const app: App = {
    ...stores,
    staff,
    letters: createLetters(),
    papers: createPapers(),
    draw: { below: () => 0 },
    categorySearch: createCategorySearch(),
    sheets: {
      drawScript: () => Promise.resolve([]),
      drawPoster: () => Promise.resolve(new Uint8Array([3])),
      drawYear: () => Promise.resolve(new Uint8Array([4])),
    },
    channels: { zalo },
    clock: { nowMs: () => world.nowMs },
    tokens: { next: () => 'token', code: () => 'code' },
    texts,
    pictures: { fitPhoto: (file) => Promise.resolve(file) },
    documents: { readWords: () => Promise.resolve({ kind: 'refused', why: 'empty' }) },
    wake: { lane: () => Promise.resolve(), inbox: () => Promise.resolve(), effects: () => Promise.resolve() },
    alerts: { raise: () => Promise.resolve() },
    log: silent,
    calendar,
    recurrence,
    hash: (words) => words,
    dueAtMs: unused,
    deliveries: {
      ...stores.deliveries,
      insert: async (inserted) => {
        const before = rows.length;
        for (const row of inserted) {
          const isNew = (await stores.deliveries.insert([row])) === 1;
          if (isNew) rows.push(row.id);
        }
        return rows.length - before;
      },
    },
  };
  await app.plans.import(options.plan ?? plan, posts, options.nowMs);
  return {
    app,
    world,
    /** Files that people send come from here. */
    zalo,
    /** Ids of rows in the order in which they were first inserted. */
    rows,
    textOf: async (id: string) => (await stores.deliveries.get(id))?.message?.text ?? '',
  };
}
