import type { App } from '#src/app/app.ts';
import { type Calendar, USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { addDays, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { ProgressPorts } from '#src/app/broadcast/progress.ts';
import type { EffectContext } from '#src/app/inbound/reply.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import { type BroadcastRun, EVERYONE, newRun } from '#src/domain/run.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { recurrence } from '#src/calendar/recurrence.ts';
import { memorySeries } from '#test/support/memory/memory-work.ts';
import { createWorld, hash } from '../send/world.ts';

/** Every Monday to Friday is worked. */
const calendar: Calendar = {
  holidays: new Set(),
  workingSaturdays: new Set(),
  weekdays: [1, 2, 3, 4, 5],
  hours: USUAL_HOURS.periods,
  knownYears: new Set(),
};

const texts = await loadTexts('vi');

/** What the broadcast reads of a plan. */
const plan = {
  ward: { name: 'phường Bãi Cháy' },
  units: [{ id: 'vh', name: 'Văn hóa', renamed: [] }],
  neighbourhoods: [{ id: 'khu-3', name: 'Khu 3', aliases: [], households: null }],
  broadcasting: {
    quiet: { from: '21:00', to: '06:30' },
    silentDays: [],
    lateForMinutes: 720,
    routinePostsADay: 1,
    nudgeAfterWorkingMinutes: 30,
    loudspeaker: { days: 3, slots: ['05:30', '17:00'], handOverMinutesBefore: 30, askAgainAt: '08:00' },
  },
  topics: [
    { id: 'TT-01', channels: ['telegram', 'zalo', 'relay', 'loudspeaker'] },
    { id: 'TT-02', channels: ['loudspeaker'] },
    { id: 'TT-04', channels: ['telegram', 'zalo'], namesPersons: true },
  ],
} as unknown as Plan;

type AuditEntry = Parameters<App['audit']['record']>[0];

/** A run of TT-01 that was approved, for tests that are about something else. */
const sampleRun = (): BroadcastRun =>
  newRun({
    id: 'R-sample',
    topicId: 'TT-01',
    postId: null,
    title: 'Bài mẫu',
    body: 'Lời bài.',
    renderings: {
      telegram: { parts: [] },
      zalo: { parts: [] },
      relay: { parts: [] },
      loudspeaker: { parts: [] },
    },
    contentHash: 'h',
    authorId: 'ha',
    sendAtMs: 1,
    state: 'scheduled',
    createdAtMs: 0,
  });

/** The send engine's world with staff, a plan and runs that are changed by compare-and-set. */
export function createBroadcastWorld() {
  const world = createWorld();
  const staff = new Map<string, StaffMember>();
  const edits: string[] = [];
  const audited: string[] = [];
  const entries: AuditEntry[] = [];
  let effects = 0;

  const runs: App['runs'] = {
    create: (run) => {
      if (!world.runs.has(run.id)) world.runs.set(run.id, run);
      return Promise.resolve(world.runs.get(run.id) ?? run);
    },
    get: (id) => Promise.resolve(world.runs.get(id) ?? null),
    update: (id, rev, change) => {
      const run = world.runs.get(id);
      if (run?.rev !== rev) return Promise.resolve('conflict');
      world.runs.set(id, { ...run, ...change, rev: rev + 1 });
      return Promise.resolve('saved');
    },
    due: (state, nowMs) =>
      Promise.resolve([...world.runs.values()].filter((run) => run.state === state && run.sendAtMs <= nowMs)),
    between: (states, fromMs, toMs) =>
      Promise.resolve(
        [...world.runs.values()].filter(
          (run) => states.includes(run.state) && run.sendAtMs >= fromMs && run.sendAtMs < toMs,
        ),
      ),
    latest: (states, limit) =>
      Promise.resolve(
        [...world.runs.values()]
          .filter((run) => states.includes(run.state))
          .sort((a, b) => b.sendAtMs - a.sendAtMs)
          .slice(0, limit),
      ),
    startedIn: (from, to) =>
      Promise.resolve(
        [...world.runs.values()].filter(
          ({ startedOn }) => startedOn !== null && startedOn >= from && startedOn <= to,
        ),
      ),
    withMeetingIn: (from, to) =>
      Promise.resolve(
        [...world.runs.values()].filter(
          ({ meeting }) => meeting !== null && meeting.day >= from && meeting.day <= to,
        ),
      ),
    inState: (state) => Promise.resolve([...world.runs.values()].filter((run) => run.state === state)),
  };
  const never = () => Promise.reject(new Error('not part of this test'));
  const { telegram } = world.ports.channels;
  if (!telegram) throw new Error('no channel');
  const channel = {
    ...telegram,
    fetchFile: () => Promise.resolve({ bytes: new Uint8Array([9]), contentType: 'image/jpeg' }),
    edit: (_chat: ChatRef, _externalId: string, message: { readonly text: string }) => {
      edits.push(message.text);
      return Promise.resolve({ kind: 'sent' as const, externalId: 'e' });
    },
  };

  const ports: ProgressPorts = {
    runs,
    series: memorySeries(),
    recurrence,
    deliveries: world.deliveries,
    destinations: {
      ...world.ports.destinations,
      upsert: never,
      register: never,
      get: (id) => Promise.resolve(world.destinations.get(id) ?? null),
      setThread: never,
      erase: never,
      census: () => Promise.resolve([...world.destinations.values()].map((one) => ({ ...one, count: 1 }))),
      list: () => Promise.resolve([...world.destinations.values()]),
      async *active() {
        for (const one of world.destinations.values()) {
          await Promise.resolve();
          if (one.state === 'active') yield one;
        }
      },
    },
    staff: {
      invite: never,
      join: never,
      get: (id) => Promise.resolve(staff.get(id) ?? null),
      byChat: (chat) =>
        Promise.resolve([...staff.values()].find((one) => one.contacts[0]?.chatId === chat.chatId) ?? null),
      withRole: (role) =>
        Promise.resolve([...staff.values()].filter((one) => one.roles.includes(role) && one.active)),
      list: () => Promise.resolve([...staff.values()]),
      onLeave: (day) =>
        Promise.resolve(
          [...staff.values()].filter(({ leave }) => leave && leave.from <= day && day <= leave.to),
        ),
      setLeave: never,
      setDeputy: never,
      remove: never,
    },
    plans: { import: never, current: () => Promise.resolve({ plan, posts: [] }) },
    media: {
      put: (id, file) => Promise.resolve(void world.media.set(id, file)),
      get: (id) => Promise.resolve(world.media.get(id) ?? null),
    },
    sheets: {
      drawScript: () => Promise.resolve([new Uint8Array([1]), new Uint8Array([2])]),
      drawPoster: () => Promise.resolve(new Uint8Array([3])),
      drawYear: () => Promise.resolve(new Uint8Array([4])),
    },
    calendar,
    audit: {
      record: (entry) => {
        audited.push(entry.action);
        if (!entries.some(({ id }) => id === entry.id)) entries.push(entry);
        return Promise.resolve();
      },
    },
    channels: { telegram: channel },
    clock: world.ports.clock,
    texts,
    pictures: { fitPhoto: (file) => Promise.resolve(file) },
    wake: { lane: () => Promise.resolve(), inbox: never, effects: never },
    alerts: world.ports.alerts,
    log: world.ports.log,
    hash,
    budget: world.ports.budget,
    realNowMs: world.ports.realNowMs,
  };

  return {
    ...world,
    ports,
    staff,
    edits,
    audited,
    /** The audit log: each id once, as in the store. */
    entries,
    sampleRun,
    join(id: string, ...roles: readonly Role[]): void {
      staff.set(id, {
        id,
        name: `Trần Thị ${id}`,
        address: 'chị',
        roles,
        unitId: 'u',
        neighbourhood: null,
        contacts: [{ platform: 'telegram', chatId: id }],
        active: true,
      });
    },
    /** This person is on leave from today on; another stands in, or nobody. */
    away(id: string, deputyId?: string): void {
      const member = staff.get(id);
      if (!member) throw new Error(`no ${id}`);
      const from = localDateOf(world.ports.clock.nowMs());
      const leave = { from, to: addDays(from, 5) };
      staff.set(id, { ...member, leave, ...(deputyId === undefined ? {} : { deputyId }) });
    },
    /** An effect of this person's chat; the same number is the same effect run again. */
    from(id: string, effect = (effects += 1)): EffectContext {
      const chat: ChatRef = { platform: 'telegram', chatId: id };
      return {
        id: `telegram:${id}.${String(effect)}.0`,
        conversation: {
          key: `telegram:${id}`,
          chat,
          rev: effect,
          honorific: null,
          flow: null,
          prompts: [],
          seenEvents: [],
          effects: [],
          updatedAtMs: 0,
        },
      };
    },
    onlyRun(): BroadcastRun {
      const [run, other] = [...world.runs.values()];
      if (!run || other) throw new Error(`${String(world.runs.size)} runs`);
      return run;
    },
    /** Texts queued to a person, oldest first. */
    toldTo(id: string): readonly string[] {
      return [...world.deliveries.rows.values()]
        .map((row) => row.delivery)
        .filter((row) => row.target.kind === 'chat' && row.target.chat.chatId === id)
        .map((row) => row.message?.text ?? '');
    },
  };
}

export type BroadcastWorld = ReturnType<typeof createBroadcastWorld>;

export const draft: RunDraft = {
  topicId: 'TT-01',
  postId: null,
  title: 'Dân được biết những gì?',
  body: 'Nghị quyết số 157/NQ-HĐND ngày 30/01/2024.',
  photos: [],
  audience: EVERYONE,
  sendAtMs: null,
};
