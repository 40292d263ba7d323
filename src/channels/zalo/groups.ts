import { z } from 'zod';
import type { ApiCall, ZaloApi } from './api.ts';
import { groupChatId, idSchema } from './ids.ts';
import { ZaloCallError } from './outcome.ts';

export interface ZaloGroup {
  /** As `ChatRef.chatId` has it: `g:<group id>`. */
  readonly chatId: string;
  readonly title: string;
  readonly isEnabled: boolean;
  readonly members: number;
  /** `https://zalo.me/g/…`, for inviting. */
  readonly link: string | null;
}

export interface ZaloOa {
  readonly oaId: string;
  readonly name: string;
  readonly isVerified: boolean;
}

/** The platform's own page size in its samples; larger ones are not documented. */
const PAGE = 50;
/** A ward has dozens of groups; the bound only stops an answer that never ends. */
const MAX_PAGES = 100;

const pageSchema = z.object({
  total: z.coerce.number().int().nonnegative(),
  groups: z.array(
    z.object({
      group_id: idSchema,
      name: z.string().catch(''),
      status: z.string().catch(''),
      total_member: z.coerce.number().int().nonnegative().catch(0),
      group_link: z.string().min(1).nullable().catch(null),
    }),
  ),
});

const membersSchema = z.union([
  z.object({ total: z.coerce.number().int().nonnegative() }),
  z
    .object({ member_count: z.coerce.number().int().nonnegative() })
    .transform(({ member_count: total }) => ({ total })),
]);

const oaSchema = z.union([
  z.object({ oa_id: idSchema, name: z.string().catch(''), is_verified: z.boolean().catch(false) }),
  z
    .object({ oaid: idSchema, name: z.string().catch(''), is_verified: z.boolean().catch(false) })
    .transform(({ oaid, ...rest }) => ({ oa_id: oaid, ...rest })),
]);

async function read<T>(api: ZaloApi, name: string, call: ApiCall, schema: z.ZodType<T>): Promise<T> {
  const result = await api.call(call);
  if (result.kind !== 'success') throw new ZaloCallError(name, result);
  const parsed = schema.safeParse(result.data);
  if (!parsed.success) throw new ZaloCallError(name, { kind: 'unreadable' });
  return parsed.data;
}

/** Every group that the OA owns (`group/getgroupsofoa`), page by page. Throws `ZaloCallError`. */
export async function listZaloGroups(api: ZaloApi): Promise<readonly ZaloGroup[]> {
  const groups = new Map<string, ZaloGroup>();
  let offset = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { offset: String(offset), count: String(PAGE) };
    const call = { method: 'GET', path: '/v3.0/oa/group/getgroupsofoa', query } as const;
    const answer = await read(api, 'getgroupsofoa', call, pageSchema);
    for (const group of answer.groups) {
      const chatId = groupChatId(group.group_id);
      groups.set(chatId, {
        chatId,
        title: group.name,
        isEnabled: group.status === 'enabled',
        members: group.total_member,
        link: group.group_link,
      });
    }
    offset += answer.groups.length;
    if (answer.groups.length === 0 || offset >= answer.total) break;
  }
  return [...groups.values()];
}

/** How many members a group has, the OA included as the platform counts. Throws `ZaloCallError`. */
export async function countZaloMembers(api: ZaloApi, groupId: string): Promise<number> {
  const query = { group_id: groupId, offset: '0', count: '1' };
  const call = { method: 'GET', path: '/v3.0/oa/group/listmember', query } as const;
  return (await read(api, 'listmember', call, membersSchema)).total;
}

/** Boot check: who the tokens belong to. Throws `ZaloCallError`; an app with the group permission alone is refused here. */
export async function getZaloOa(api: ZaloApi): Promise<ZaloOa> {
  const oa = await read(api, 'getoa', { method: 'GET', path: '/v2.0/oa/getoa' }, oaSchema);
  return { oaId: oa.oa_id, name: oa.name, isVerified: oa.is_verified };
}
