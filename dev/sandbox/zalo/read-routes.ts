import { invalidField, refuse, succeed } from './errors.ts';
import type { ZaloRefusal } from './errors.ts';
import type { ApiOutcome, ApiRoute } from './gate.ts';
import type { ZaloGroup } from './group-store.ts';
import { asText, asTextList } from './json.ts';
import type { Fields } from './json.ts';
import type { ZaloPerson } from './person-store.ts';
import { consultationWindow, DAY_MS, vietnamDay } from './window.ts';
import type { ZaloWorld } from './world.ts';

const MAX_PAGE = 50;
const NO_EXPIRY = '31/12/2099';

/** `DD/MM/YYYY` of the ward. */
function validThrough(atMs: number | undefined): string {
  if (atMs === undefined) return NO_EXPIRY;
  const [year, month, day] = new Date(atMs + 7 * 3_600_000).toISOString().slice(0, 10).split('-');
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}`;
}

const answer = (value: unknown): ApiOutcome => ({ result: succeed(value) });
const refused = (result: ZaloRefusal): ApiOutcome => ({ result });

interface Page {
  readonly offset: number;
  readonly count: number;
}

/** `offset` and `count`, as numbers or as text of a plain query; undefined when they make no page. */
function readPage(fields: Fields): Page | undefined {
  const offset = Number(fields['offset'] ?? 0);
  const count = Number(fields['count'] ?? MAX_PAGE);
  const isPage =
    Number.isInteger(offset) && offset >= 0 && Number.isInteger(count) && count > 0 && count <= MAX_PAGE;
  return isPage ? { offset, count } : undefined;
}

const cut = <T>(items: readonly T[], page: Page): readonly T[] =>
  items.slice(page.offset, page.offset + page.count);

/** `GET /v2.0/oa/getoa`. */
export const getOa: ApiRoute = (world) =>
  answer({
    oa_id: world.settings.oaId,
    name: world.settings.oaName,
    description: '',
    is_verified: true,
    oa_type: 4,
    num_follower: world.people.all().filter((person) => person.follows).length,
    package_name: 'Growth',
    package_valid_through_date: NO_EXPIRY,
    linked_ZCA: '',
    avatar: '',
    cover: '',
  });

const groupRow = (group: ZaloGroup): Fields => ({
  group_id: group.groupId,
  name: group.name,
  status: group.status,
  // The OA counts as a member.
  total_member: group.members.size + 1,
  group_link: group.link,
});

/** `GET /v3.0/oa/group/getgroupsofoa?offset=&count=`. */
export const getGroupsOfOa: ApiRoute = (world, { fields }) => {
  const page = readPage(fields);
  if (page === undefined) return refused(invalidField('count'));
  const groups = world.groups.ofOa();
  const shown = cut(groups, page).map(groupRow);
  return answer({ offset: page.offset, count: shown.length, total: groups.length, groups: shown });
};

/** `GET /v3.0/oa/group/getgroup?group_id=`. */
export const getGroup: ApiRoute = (world, { fields }) => {
  const group = world.groups.visible(fields['group_id']);
  if (!group.ok) return refused(group);
  const { value } = group;
  return answer({
    group_info: {
      ...groupRow(value),
      avatar: '',
      group_description: '',
      max_member: value.maxMember,
      auto_delete_date: '',
    },
    asset_info: {
      asset_type: value.assetType,
      asset_id: value.assetId,
      valid_through: validThrough(value.validThroughMs),
      auto_renew: value.status === 'enabled',
    },
    group_setting: {
      lock_send_msg: false,
      join_appr: false,
      enable_msg_history: true,
      enable_link_join: true,
    },
  });
};

/** `GET /v3.0/oa/group/listmember?group_id=&offset=&count=`; the OA itself comes first. */
export const listMembers: ApiRoute = (world, { fields }) => {
  const page = readPage(fields);
  if (page === undefined) return refused(invalidField('count'));
  const group = world.groups.visible(fields['group_id']);
  if (!group.ok) return refused(group);
  const people = [...group.value.members].map((userId) => ({
    user_id: userId,
    name: world.people.get(userId).name,
    avatar: '',
  }));
  const members = [{ oa_id: world.settings.oaId, name: world.settings.oaName, avatar: '' }, ...people];
  const shown = cut(members, page);
  return answer({
    offset: page.offset,
    count: shown.length,
    total: members.length,
    member_count: members.length,
    members: shown,
  });
};

/** Whether a person may be put into a group: a follower, or one who interacted within 7 days. */
const canBeInvited = (person: ZaloPerson, nowMs: number): boolean =>
  person.follows || ['free', 'billed'].includes(consultationWindow(person.lastInteractionMs, nowMs));

/** `POST /v3.0/oa/group/creategroupwithoa`; needs a free asset of the plan. */
export const createGroupWithOa: ApiRoute = (world, { fields, nowMs }) => {
  const name = asText(fields['group_name']);
  if (name === undefined) return refused(invalidField('group_name'));
  const memberIds = asTextList(fields['member_user_ids']);
  if (memberIds === undefined || memberIds.length < 1 || memberIds.length > 99) {
    return refused(invalidField('member_user_ids'));
  }
  for (const userId of memberIds) {
    const person = world.people.find(userId);
    if (person === undefined) return refused(invalidField('member_user_ids'));
    if (!canBeInvited(person, nowMs)) return refused(refuse(-213));
  }
  const asset = world.groups.takeAsset(asText(fields['asset_id']) ?? '');
  if (asset === undefined) return refused(invalidField('asset_id'));
  const group = world.groups.create(name, memberIds, asset);
  return answer({ group_id: group.groupId, group_link: group.link, status: group.status });
};

/** `POST /v3.0/oa/quota/message`: one person's window with a `user_id`, else what is left of the OA's quotas. */
export const quotaOfMessages: ApiRoute = (world, { fields, nowMs }) => {
  const userId = fields['user_id'];
  if (userId === undefined) return answer(assetQuotas(world, asText(fields['quota_type']), nowMs));
  const person = typeof userId === 'string' ? world.people.find(userId) : undefined;
  if (person === undefined) return refused(invalidField('user_id'));
  const last = person.lastInteractionMs;
  const isFree = consultationWindow(last, nowMs) === 'free';
  return answer({
    last_interaction: last === undefined ? '' : String(Math.floor(last)),
    cs_reply: isFree ? world.quota.replies(person.repliesInWindow) : { remain: 0, total: 0 },
    promotion: { daily_remain: 0, daily_total: 1, monthly_remain: 0, monthly_total: 0 },
  });
};

const assetQuotas = (world: ZaloWorld, wanted: string | undefined, nowMs: number): readonly Fields[] =>
  Object.entries(world.quota.assets(nowMs))
    .filter(([type]) => wanted === undefined || wanted === type)
    .map(([type, { remain, total }]) => ({
      product_type: 'cs',
      quota_type: type,
      remain,
      total,
      valid_through: NO_EXPIRY,
    }));

/** `POST /v3.0/oa/quota/group`: the group assets of one product, free and used. */
export const quotaOfGroups: ApiRoute = (world, { fields }) => {
  const product = asText(fields['product_type']);
  if (product === undefined || !/^gmf(10|50|100|1000)$/.test(product))
    return refused(invalidField('product_type'));
  return answer(
    world.groups.assets(product).map((asset) => ({
      asset_id: asset.assetId,
      product_type: asset.productType,
      quota_type: asText(fields['quota_type']) ?? 'sub_quota',
      valid_through: validThrough(asset.validThroughMs),
      auto_renew: true,
      status: asset.usedBy === undefined ? 'available' : 'used',
      used_id: asset.usedBy ?? '',
    })),
  );
};

/** `GET /v3.0/oa/user/detail?data={"user_id":…}`. */
export const userDetail: ApiRoute = (world, { fields }) => {
  const person = world.people.find(asText(fields['user_id']) ?? '');
  if (person === undefined) return refused(invalidField('user_id'));
  const { shared } = person;
  return answer({
    user_id: person.userId,
    user_id_by_app: person.userIdByApp,
    user_external_id: '',
    display_name: person.name,
    user_alias: '',
    is_sensitive: false,
    user_last_interaction_date:
      person.lastInteractionMs === undefined ? '' : vietnamDay(person.lastInteractionMs),
    user_is_follower: person.follows,
    avatar: '',
    avatars: { 120: '', 240: '' },
    dynamic_param: '',
    tags_and_notes_info: { notes: [], tag_names: [] },
    ...(shared === undefined
      ? {}
      : {
          shared_info: {
            address: shared.address,
            city: shared.city,
            district: '',
            phone: shared.phone,
            name: shared.name,
          },
        }),
  });
};

/** `GET /v3.0/oa/user/getlist?data={offset,count,is_follower?,last_interaction_period?}`; of the periods only L7D, L30D. */
export const userList: ApiRoute = (world, { fields, nowMs }) => {
  const page = readPage(fields);
  if (page === undefined) return refused(invalidField('count'));
  const periodDays = { L7D: 7, L30D: 30 }[asText(fields['last_interaction_period']) ?? ''];
  const sinceMs = periodDays === undefined ? Number.NEGATIVE_INFINITY : nowMs - periodDays * DAY_MS;
  const follower = asText(fields['is_follower']);
  const users = world.people
    .all()
    .filter((person) => person.lastInteractionMs !== undefined && person.lastInteractionMs >= sinceMs)
    .filter((person) => follower === undefined || String(person.follows) === follower);
  const shown = cut(users, page).map((person) => ({ user_id: person.userId }));
  return answer({ total: users.length, count: shown.length, offset: page.offset, users: shown });
};
