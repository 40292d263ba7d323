import type { DestinationStore, StaffStore } from '#src/app/ports/stores.ts';
import type { CensusRow, Destination } from '#src/domain/destination.ts';
import { type ChatRef, chatKey } from '#src/domain/inbound.ts';
import type { Leave, StaffMember } from '#src/domain/staff.ts';

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

const withoutThread = <T extends object>(row: T): T =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'threadId')) as T;

export function memoryDestinations(): DestinationStore {
  const rows = new Map<string, Destination>();
  let made = 0;
  const all = (): Destination[] => [...rows.values()].sort(byId);
  const find = (chat: ChatRef) => all().find((row) => chatKey(row.chat) === chatKey(chat));

  return {
    upsert: (destination) => {
      const known = find(destination.chat) ?? rows.get(destination.id ?? '');
      const id = known?.id ?? destination.id ?? `destination-${++made}`;
      const fields = withoutThread(structuredClone(destination));
      const thread = known?.threadId === undefined ? {} : { threadId: known.threadId };
      const row = Object.freeze({ ...fields, ...thread, id });
      rows.set(id, row);
      return Promise.resolve(row);
    },
    register: (destination) => {
      if (find(destination.chat)) return Promise.resolve(null);
      const row = Object.freeze({ ...structuredClone(destination), id: `destination-${++made}` });
      rows.set(row.id, row);
      return Promise.resolve(row);
    },
    get: (id) => Promise.resolve(rows.get(id) ?? null),
    many: (ids) => Promise.resolve(ids.flatMap((id) => rows.get(id) ?? [])),
    byChat: (chat) => Promise.resolve(find(chat) ?? null),
    list: ({ state }) => Promise.resolve(all().filter((row) => state === undefined || row.state === state)),
    async *active() {
      for (const row of all()) if (row.state === 'active') yield await Promise.resolve(row);
    },
    setState: (id, state, why) => {
      const row = rows.get(id);
      if (!row) return Promise.resolve();
      const fields = Object.entries(row).filter(([name]) => name !== 'unreachableWhy');
      const rest = Object.fromEntries(fields) as unknown as Destination;
      rows.set(id, Object.freeze({ ...rest, state, ...(why !== undefined && { unreachableWhy: why }) }));
      return Promise.resolve();
    },
    census: () => {
      const counts = new Map<string, number>();
      for (const { kind, chat, neighbourhood, audience, state } of rows.values()) {
        const alike = { kind, chat: { platform: chat.platform }, neighbourhood, audience, state };
        const key = JSON.stringify(alike);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return Promise.resolve(
        [...counts].map(([key, count]) => ({ ...(JSON.parse(key) as Omit<CensusRow, 'count'>), count })),
      );
    },
    setThread: (id, threadId) => {
      const row = rows.get(id);
      if (!row) return Promise.resolve();
      rows.set(id, Object.freeze({ ...withoutThread(row), ...(threadId === null ? {} : { threadId }) }));
      return Promise.resolve();
    },
    erase: (id) => Promise.resolve(void rows.delete(id)),
    move: (id, chatId) => {
      const row = rows.get(id);
      if (!row) return Promise.resolve();
      const chat = { platform: row.chat.platform, chatId };
      const other = find(chat);
      if (other && other.id !== id) rows.delete(other.id);
      rows.set(id, Object.freeze({ ...row, chat }));
      return Promise.resolve();
    },
  };
}

interface Invitation {
  readonly memberId: string;
  readonly expiresAtMs: number;
  joinedFrom: string | null;
}

export function memoryStaff(): StaffStore {
  const rows = new Map<string, StaffMember>();
  const invitations = new Map<string, Invitation>();
  const all = (): StaffMember[] => [...rows.values()].sort(byId);
  const without = (contacts: readonly ChatRef[], key: string) =>
    contacts.filter((contact) => chatKey(contact) !== key);

  const join = (member: StaffMember, chat: ChatRef): StaffMember => {
    const key = chatKey(chat);
    for (const other of all())
      rows.set(other.id, Object.freeze({ ...other, contacts: without(other.contacts, key) }));
    const joined = Object.freeze({
      ...member,
      active: true,
      contacts: [...without(member.contacts, key), chat],
    });
    rows.set(member.id, joined);
    return joined;
  };

  const change = (id: string, given: Partial<StaffMember>, name: 'leave' | 'deputyId'): Promise<void> => {
    const row = rows.get(id);
    if (row) {
      const kept = Object.entries(row).filter(([key]) => key !== name);
      rows.set(id, Object.freeze({ ...(Object.fromEntries(kept) as unknown as StaffMember), ...given }));
    }
    return Promise.resolve();
  };

  return {
    invite: (member, code, expiresAtMs) => {
      if (invitations.has(code))
        return Promise.reject(new Error('an invitation with this code exists already'));
      const invited = Object.freeze({ ...member, id: `staff-${rows.size + 1}`, contacts: [], active: false });
      rows.set(invited.id, invited);
      invitations.set(code, { memberId: invited.id, expiresAtMs, joinedFrom: null });
      return Promise.resolve(invited);
    },
    join: (code, chat, nowMs) => {
      const invitation = invitations.get(code);
      const member = invitation && rows.get(invitation.memberId);
      if (!invitation || !member) return Promise.resolve({ kind: 'unknown-code' });
      if (invitation.joinedFrom === chatKey(chat)) return Promise.resolve({ kind: 'joined', member });
      if (invitation.joinedFrom !== null) return Promise.resolve({ kind: 'unknown-code' });
      if (invitation.expiresAtMs <= nowMs) return Promise.resolve({ kind: 'expired' });
      invitation.joinedFrom = chatKey(chat);
      return Promise.resolve({ kind: 'joined', member: join(member, chat) });
    },
    get: (id) => Promise.resolve(rows.get(id) ?? null),
    byChat: (chat) =>
      Promise.resolve(
        all().find((row) => row.contacts.some((contact) => chatKey(contact) === chatKey(chat))) ?? null,
      ),
    withRole: (role, unitId) =>
      Promise.resolve(
        all().filter(
          (row) => row.active && row.roles.includes(role) && (unitId === undefined || row.unitId === unitId),
        ),
      ),
    list: () => Promise.resolve(all()),
    onLeave: (day) => Promise.resolve(all().filter(({ active, leave }) => active && isAway(leave, day))),
    setLeave: (id, leave) => change(id, leave ? { leave } : {}, 'leave'),
    setDeputy: (id, deputyId) => change(id, deputyId ? { deputyId } : {}, 'deputyId'),
    remove: (id) => {
      const row = rows.get(id);
      if (row) rows.set(id, Object.freeze({ ...row, active: false, contacts: [] }));
      for (const invitation of invitations.values())
        if (invitation.memberId === id) invitation.joinedFrom = 'left';
      return Promise.resolve();
    },
  };
}

const isAway = (leave: Leave | undefined, day: string): boolean =>
  leave !== undefined && leave.from <= day && day <= leave.to;
