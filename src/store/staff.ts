import { randomUUID } from 'node:crypto';
import { Schema } from 'mongoose';
import { z } from 'zod';
import type { StaffStore } from '#src/app/ports/stores.ts';
import { addDays } from '#src/domain/calendar/local-time.ts';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import { ROLE_IDS } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
} from './records.ts';
import { retrying } from './retry.ts';

const COLLECTION = 'staff';

const shape = z.object({
  _id: z.string(),
  name: z.string(),
  address: z.string(),
  roles: z.array(z.enum(ROLE_IDS)),
  unitId: z.string(),
  neighbourhood: z.string().nullable(),
  contacts: z.array(z.object({ platform: z.enum(PLATFORMS), chatId: z.string() })),
  /** `chatKey` of each contact, for the index. */
  contactKeys: z.array(z.string()),
  active: z.boolean(),
  /** A keyed hash: short codes can be guessed from a plain one. Stays after the code is spent, absent never. */
  codeHash: z.string(),
  codeExpiresAtMs: z.number(),
  /** The chat that spent the code: for it, joining a second time is no mistake. */
  joinedFrom: z.string().nullable(),
  leave: z.object({ from: z.string(), to: z.string() }).optional(),
  deputyId: z.string().optional(),
});

type StaffRecord = z.infer<typeof shape> & StoredRecord;

/** A member is active from joining on: until then the row is an invitation. */
/** In the place of a chat: the code of somebody who has left is spent. */
const LEFT = 'left';

export function staffStore({ connection, sealing }: StoreParts): StaffStore {
  const model = defineModel<StaffRecord>(connection, COLLECTION, {
    name: String,
    address: String,
    roles: [String],
    unitId: String,
    neighbourhood: Schema.Types.Mixed,
    contacts: [{ _id: false, platform: String, chatId: String }],
    contactKeys: [String],
    active: Boolean,
    codeHash: String,
    codeExpiresAtMs: Number,
    joinedFrom: Schema.Types.Mixed,
    leave: Schema.Types.Mixed,
    deputyId: String,
  });
  const fingerprint = (code: string): string => sealing.fingerprint(`invitation ${code}`);

  return {
    async invite(member, code, expiresAtMs) {
      const { name, address, roles, unitId, neighbourhood } = member;
      const record: StaffRecord = {
        _id: randomUUID(),
        name,
        address,
        roles: [...roles],
        unitId,
        neighbourhood,
        contacts: [],
        contactKeys: [],
        active: false,
        codeHash: fingerprint(code),
        codeExpiresAtMs: expiresAtMs,
        joinedFrom: null,
      };
      if (!(await insertOnce(model, record))) throw new Error('an invitation with this code exists already');
      return toMember(record);
    },

    async join(code, chat, nowMs) {
      const key = chatKey(chat);
      const row = await model.findOne({ codeHash: fingerprint(code) }).lean();
      if (row === null) return { kind: 'unknown-code' };
      if (row.joinedFrom === key) return { kind: 'joined', member: toMember(row) };
      if (row.joinedFrom !== null) return { kind: 'unknown-code' };
      if (row.codeExpiresAtMs <= nowMs) return { kind: 'expired' };
      const joined = await updateGuarded(
        model,
        row._id,
        { joinedFrom: null },
        {
          $set: { joinedFrom: key, active: true },
          $push: { contacts: chat, contactKeys: key },
        },
      );
      if (!joined) {
        // Perhaps to this very chat: an effect may run twice at once.
        const now = await model.findById(row._id).lean();
        return now?.joinedFrom === key ? { kind: 'joined', member: toMember(now) } : { kind: 'unknown-code' };
      }
      // One chat speaks for one member: who joins again under a new invitation leaves the old one.
      await retrying(() =>
        model.updateMany(
          { _id: { $ne: row._id }, contactKeys: key },
          { $pull: { contactKeys: key, contacts: { platform: chat.platform, chatId: chat.chatId } } },
        ),
      );
      return { kind: 'joined', member: toMember(await model.findById(row._id).lean()) };
    },

    async get(id) {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toMember(raw);
    },

    async byChat(chat) {
      const raw = await model.findOne({ contactKeys: chatKey(chat) }).lean();
      return raw === null ? null : toMember(raw);
    },

    async withRole(role, unitId) {
      const filter = { roles: role, active: true, ...(unitId !== undefined && { unitId }) };
      return (await model.find(filter).sort({ _id: 1 }).lean()).map(toMember);
    },

    async list() {
      return (await model.find().sort({ _id: 1 }).lean()).map(toMember);
    },

    async onLeave(day) {
      const filter = { 'leave.to': { $gt: addDays(day, -1) }, 'leave.from': { $lte: day }, active: true };
      return (await model.find(filter).sort({ _id: 1 }).lean()).map(toMember);
    },

    async setLeave(id, leave) {
      await updateGuarded(model, id, {}, leave ? { $set: { leave } } : { $unset: { leave: 1 } });
    },

    async setDeputy(id, deputyId) {
      await updateGuarded(model, id, {}, deputyId ? { $set: { deputyId } } : { $unset: { deputyId: 1 } });
    },

    async remove(id) {
      const gone = { active: false, contacts: [], contactKeys: [], codeExpiresAtMs: 0 };
      await updateGuarded(model, id, {}, { $set: { ...gone, joinedFrom: LEFT } });
    },
  };
}

function toMember(raw: unknown): StaffMember {
  const record = parseRecord(shape, raw, COLLECTION);
  return frozen({
    id: record._id,
    name: record.name,
    address: record.address,
    roles: record.roles,
    unitId: record.unitId,
    neighbourhood: record.neighbourhood,
    contacts: record.contacts,
    active: record.active,
    ...(record.leave ? { leave: record.leave } : {}),
    ...(record.deputyId === undefined ? {} : { deputyId: record.deputyId }),
  });
}
