import { z } from 'zod';
import type { Allowance } from '#src/app/ports/channel.ts';
import { endOfDay, toLocalDate } from '#src/domain/calendar/local-time.ts';
import type { ZaloApi } from './api.ts';
import { groupChatId, idSchema } from './ids.ts';
import { ZaloCallError } from './outcome.ts';

const PRODUCTS = ['gmf10', 'gmf50', 'gmf100', 'gmf1000'] as const;
const KINDS = ['sub_quota', 'purchase_quota'] as const;
/** Until the platform says otherwise. */
const CALLS_A_MINUTE = 100;

const assets = z.array(
  z.object({
    used_id: idSchema.or(z.literal('')).optional(),
    valid_through: z.union([z.string(), z.number()]).optional(),
  }),
);
const assetsSchema = z.union([assets, z.object({ assets }).transform((answer) => answer.assets)]);
const quotaSchema = z.array(z.object({ remain: z.coerce.number() }));

/** What the OA's plan still holds: when each group's place runs out, messages to people, calls a minute. Throws `ZaloCallError`. */
export async function readZaloAllowance(api: ZaloApi): Promise<Allowance> {
  const until = new Map<string, number>();
  for (const product_type of PRODUCTS)
    for (const quota_type of KINDS) {
      const json = { quota_owner: 'OA', product_type, quota_type };
      for (const { used_id, valid_through } of await read(api, '/v3.0/oa/quota/group', json, assetsSchema)) {
        const atMs = valid_through === undefined ? null : parseValidThrough(valid_through);
        if (used_id && atMs !== null) until.set(groupChatId(used_id), atMs);
      }
    }
  const cs = { quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' };
  const [left] = await read(api, '/v3.0/oa/quota/message', cs, quotaSchema);
  return {
    callsPerMinute: api.lastLimits()?.limit ?? CALLS_A_MINUTE,
    groups: [...until].map(([chatId, untilMs]) => ({ chatId, untilMs })),
    privateLeft: left?.remain ?? null,
  };
}

async function read<T>(api: ZaloApi, path: string, json: unknown, schema: z.ZodType<T>): Promise<T> {
  const result = await api.call({ method: 'POST', path, json });
  if (result.kind !== 'success') throw new ZaloCallError(path, result);
  const parsed = schema.safeParse(result.data);
  if (!parsed.success) throw new ZaloCallError(path, { kind: 'unreadable' });
  return parsed.data;
}

/** The platform writes milliseconds, as a number or as text, or `DD/MM/YYYY`, of which the day still counts. Null: none of these. */
export function parseValidThrough(given: string | number): number | null {
  const text = String(given).trim();
  if (/^\d{12,14}$/u.test(text)) return Number(text);
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text) ?? [];
  return year === undefined ? null : endOfDay(toLocalDate(Number(year), Number(month), Number(day)));
}
