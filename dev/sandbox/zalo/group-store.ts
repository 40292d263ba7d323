import { refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import type { IdSource } from './ids.ts';

/** A GMF group, made by the OA. */
export interface ZaloGroup {
  readonly groupId: string;
  readonly name: string;
  readonly assetId: string;
  readonly assetType: string;
  readonly maxMember: number;
  readonly link: string;
  readonly members: Set<string>;
  status: 'enabled' | 'disabled';
  /** When its asset runs out; undefined: not in our time. */
  validThroughMs: number | undefined;
  /** False after the OA was taken out: sends give -403. */
  oaInside: boolean;
}

/** A slot for a group that the plan includes or that was bought. */
export interface GroupAsset {
  readonly assetId: string;
  readonly productType: string;
  readonly usedBy: string | undefined;
  readonly validThroughMs?: number | undefined;
}

const MAX_MEMBERS: Readonly<Record<string, number>> = { gmf10: 10, gmf50: 50, gmf100: 100, gmf1000: 1_000 };

/** The groups of the OA and the assets they use up. */
export class GroupStore {
  readonly #ids: IdSource;
  readonly #groups = new Map<string, ZaloGroup>();
  readonly #freeAssets: GroupAsset[] = [];

  constructor(ids: IdSource) {
    this.#ids = ids;
  }

  /** A group with its own asset; the size is the smallest product that holds the members, at least gmf100. */
  create(name: string, memberIds: readonly string[], asset?: GroupAsset): ZaloGroup {
    const groupId = this.#ids.groupId();
    const assetType = asset?.productType ?? (memberIds.length < 100 ? 'gmf100' : 'gmf1000');
    const group: ZaloGroup = {
      groupId,
      name,
      assetId: asset?.assetId ?? this.#ids.assetId(),
      assetType,
      maxMember: MAX_MEMBERS[assetType] ?? 100,
      link: `https://zalo.me/g/${groupId.slice(-8)}`,
      members: new Set(memberIds),
      status: 'enabled',
      validThroughMs: undefined,
      oaInside: true,
    };
    this.#groups.set(groupId, group);
    return group;
  }

  /** Adds a free asset, as if bought, with which `creategroupwithoa` can make a group. */
  addAsset(productType: string): GroupAsset {
    const asset: GroupAsset = { assetId: this.#ids.assetId(), productType, usedBy: undefined };
    this.#freeAssets.push(asset);
    return asset;
  }

  /** Takes a free asset out of the pool. */
  takeAsset(assetId: string): GroupAsset | undefined {
    const at = this.#freeAssets.findIndex((asset) => asset.assetId === assetId);
    return at < 0 ? undefined : this.#freeAssets.splice(at, 1)[0];
  }

  /** Free and used assets of one product. */
  assets(productType: string): readonly GroupAsset[] {
    const used = [...this.#groups.values()].map((group) => ({
      assetId: group.assetId,
      productType: group.assetType,
      usedBy: group.groupId,
      validThroughMs: group.validThroughMs,
    }));
    return [...this.#freeAssets, ...used].filter((asset) => asset.productType === productType);
  }

  /** The group, or a bug of the test that names an unknown one. */
  get(groupId: string): ZaloGroup {
    const group = this.#groups.get(groupId);
    if (group === undefined) throw new Error(`no Zalo group ${groupId}`);
    return group;
  }

  all(): readonly ZaloGroup[] {
    return [...this.#groups.values()];
  }

  /** Groups the OA is in, in the order they were made. */
  ofOa(): readonly ZaloGroup[] {
    return [...this.#groups.values()].filter((group) => group.oaInside);
  }

  /** A group the OA may read: -403 if there is none or the OA was taken out. */
  visible(groupId: unknown): ZaloResult<ZaloGroup> {
    const group = typeof groupId === 'string' ? this.#groups.get(groupId) : undefined;
    return group?.oaInside === true ? succeed(group) : refuse(-403);
  }

  /** A group the OA may post in: visible, and -237 once its asset lapsed. */
  writable(groupId: unknown): ZaloResult<ZaloGroup> {
    const group = this.visible(groupId);
    return group.ok && group.value.status === 'disabled' ? refuse(-237) : group;
  }
}
