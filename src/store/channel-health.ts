import { Schema } from 'mongoose';
import { z } from 'zod';
import type { ChannelHealthStore } from '#src/app/ports/health.ts';
import type { Platform } from '#src/domain/inbound.ts';
import {
  begun,
  defineModel,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
  updateOrBegin,
} from './records.ts';
import { retrying } from './retry.ts';

/** Configuration errors in a row after which a channel is paused. */
const FAILURES_TO_PAUSE = 5;

const penaltyShape = z.object({
  _id: z.string(),
  platform: z.string(),
  chatId: z.string().nullable(),
  untilMs: z.number(),
});

interface HealthRecord extends StoredRecord {
  readonly failures: number;
  readonly paused: boolean;
  readonly lastCode: string | null;
}
type PenaltyRecord = z.infer<typeof penaltyShape> & StoredRecord;

export function channelHealthStore({ connection }: StoreParts): ChannelHealthStore {
  const health = defineModel<HealthRecord>(connection, 'channel_health', {
    failures: Number,
    paused: Boolean,
    lastCode: Schema.Types.Mixed,
  });
  const penalties = defineModel<PenaltyRecord>(connection, 'penalties', {
    platform: String,
    chatId: Schema.Types.Mixed,
    untilMs: Number,
  });

  return {
    async penalise(platform, chatId, untilMs) {
      const _id = penaltyId(platform, chatId);
      await updateOrBegin(penalties, { _id, platform, chatId, untilMs }, { $max: { untilMs } });
    },

    async penalties(platform, nowMs) {
      const [raws] = await Promise.all([
        penalties
          .find({ platform, untilMs: { $gt: nowMs } })
          .sort({ _id: 1 })
          .lean(),
        retrying(() => penalties.deleteMany({ platform, untilMs: { $lte: nowMs } })),
      ]);
      return raws.map((raw) => {
        const { chatId, untilMs } = parseRecord(penaltyShape, raw, 'penalties');
        return Object.freeze({ chatId, untilMs });
      });
    },

    async configurationError(platform, code) {
      // Not repeated when the answer gets lost: counting one error twice could pause a healthy channel.
      const first = { _id: platform, failures: 0, paused: false, lastCode: null };
      const after = await begun(health, first, () =>
        health
          .findOneAndUpdate(
            { _id: platform },
            { $inc: { failures: 1 }, $set: { lastCode: code } },
            { returnDocument: 'after' },
          )
          .lean(),
      );
      if (after.failures < FAILURES_TO_PAUSE) return 'counted';
      const paused = await updateGuarded(
        health,
        platform,
        { paused: { $ne: true } },
        { $set: { paused: true } },
      );
      return paused ? 'paused' : 'counted';
    },

    async succeeded(platform) {
      await retrying(() =>
        health.updateOne({ _id: platform, failures: { $gt: 0 } }, { $set: { failures: 0, lastCode: null } }),
      );
    },

    async isPaused(platform) {
      return (await health.exists({ _id: platform, paused: true })) !== null;
    },

    async resume(platform) {
      await retrying(() =>
        health.updateOne({ _id: platform }, { $set: { paused: false, failures: 0, lastCode: null } }),
      );
    },
  };
}

function penaltyId(platform: Platform, chatId: string | null): string {
  return chatId === null ? `bot ${platform}` : `chat ${platform}:${chatId}`;
}
