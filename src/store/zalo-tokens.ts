import { Schema } from 'mongoose';
import { z } from 'zod';
import type { ZaloTokens, ZaloTokenStore } from '#src/app/ports/health.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
} from './records.ts';

const COLLECTION = 'zalo_tokens';
const ID = 'zalo';

const shape = z.object({
  _id: z.literal(ID),
  expiresAtMs: z.number(),
  generation: z.number(),
  state: z.enum(['good', 'uncertain']),
  /** Access and refresh token. */
  sealed: z.string(),
  claimToken: z.string().nullable(),
  claimUntilMs: z.number(),
  /** Fingerprint of the token of the settings that was taken over last. */
  seed: z.string().optional(),
});

type TokenRecord = z.infer<typeof shape> & StoredRecord;
type Secrets = Pick<ZaloTokens, 'accessToken' | 'refreshToken'>;

/** One pair, replaced by generation: an older one never overwrites a newer. */
export function zaloTokenStore({ connection, sealing }: StoreParts): ZaloTokenStore {
  const model = defineModel<TokenRecord>(connection, COLLECTION, {
    expiresAtMs: Number,
    generation: Number,
    state: String,
    sealed: String,
    claimToken: Schema.Types.Mixed,
    claimUntilMs: Number,
    seed: String,
  });

  const load = async (): Promise<ZaloTokens | null> => {
    const raw = await model.findById(ID).lean();
    if (raw === null) return null;
    const { expiresAtMs, generation, state, sealed } = parseRecord(shape, raw, COLLECTION);
    const { accessToken, refreshToken } = sealing.open(sealed, `${COLLECTION}/${ID}`) as Secrets;
    return frozen({ accessToken, refreshToken, expiresAtMs, generation, state });
  };

  const fieldsOf = ({ accessToken, refreshToken, expiresAtMs, generation, state }: ZaloTokens) => ({
    expiresAtMs,
    generation,
    state,
    sealed: sealing.seal({ accessToken, refreshToken }, `${COLLECTION}/${ID}`),
    claimToken: null,
    claimUntilMs: 0,
  });

  return {
    load,

    async takeOver(refreshToken) {
      const seed = sealing.fingerprint(`zalo seed ${refreshToken}`);
      const raw = await model.findById(ID).lean();
      const current = raw === null ? null : parseRecord(shape, raw, COLLECTION);
      if (current?.seed === seed) return false;
      const generation = (current?.generation ?? -1) + 1;
      const fields = {
        ...fieldsOf({ accessToken: '', refreshToken, expiresAtMs: 0, generation, state: 'good' }),
        seed,
      };
      // Of two processes that start together one takes it over; the other finds it done.
      return current === null
        ? insertOnce(model, { _id: ID, ...fields })
        : updateGuarded(model, ID, { generation: current.generation }, { $set: fields });
    },

    claimRefresh: (generation, untilMs, nowMs, token) =>
      updateGuarded(
        model,
        ID,
        { generation, state: 'good', $or: [{ claimUntilMs: { $lte: nowMs } }, { claimToken: token }] },
        { $set: { claimToken: token, claimUntilMs: untilMs } },
      ),

    async save(tokens) {
      const { refreshToken, generation } = tokens;
      const fields = fieldsOf(tokens);
      const guard = { generation: { $lt: generation } };
      if (await updateGuarded(model, ID, guard, { $set: fields })) return;
      if (await insertOnce(model, { _id: ID, ...fields })) return;
      const stored = await load();
      if (stored?.generation === generation && stored.refreshToken === refreshToken) return;
      throw new Error(
        `Zalo tokens of generation ${generation} come after those of ${stored?.generation ?? 0}`,
      );
    },

    async markUncertain(generation) {
      await updateGuarded(model, ID, { generation }, { $set: { state: 'uncertain' } });
    },
  };
}
