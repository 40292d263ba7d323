import type { World } from '#dev/world/world.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Role } from '#src/domain/staff.ts';
import { type Actor, createActor, type Teller } from './telling.ts';

interface Part {
  readonly name: string;
  readonly address: string;
  readonly platform: Platform;
  readonly roles: readonly Role[];
  readonly unitId: string;
  readonly neighbourhood?: string;
}

const part = (
  address: string,
  name: string,
  platform: Platform,
  roles: readonly Role[],
  unitId: string,
  neighbourhood?: string,
): Part => ({ address, name, platform, roles, unitId, ...(neighbourhood ? { neighbourhood } : {}) });

/**
 * Invented people. The officer of the office joins before his head and the chairperson: who answers for a duty is
 * decided by who is there.
 */
const STAFF = {
  dung: part('anh', 'Nguyễn Tiến Dũng', 'telegram', ['handler'], 'office'),
  lan: part('chị', 'Phạm Thị Lan', 'zalo', ['leader'], 'office'),
  chairperson: part('ông', 'Trần Quốc Bình', 'telegram', ['chairperson'], 'chairperson'),
  mai: part('chị', 'Đỗ Thị Mai', 'telegram', ['admin'], 'peoples-committee'),
  ha: part('chị', 'Nguyễn Thu Hà', 'telegram', ['editor'], 'culture-information'),
  minh: part('anh', 'Lê Quang Minh', 'zalo', ['approver'], 'culture-information'),
  long: part('anh', 'Vũ Đức Long', 'zalo', ['handler'], 'urban-environment'),
  nga: part('chị', 'Bùi Thị Nga', 'zalo', ['inspector'], 'steering-committee'),
  loud: part('anh', 'Hoàng Văn Thanh', 'zalo', ['loudspeaker-operator'], 'culture-information'),
} as const;

const HEADS: readonly Part[] = [
  part('bà', 'Nguyễn Thị Sáu', 'telegram', ['neighbourhood-head'], 'neighbourhood-heads', 'khu-1'),
  part('ông', 'Phạm Văn Ba', 'zalo', ['neighbourhood-head'], 'neighbourhood-heads', 'khu-2'),
  part('ông', 'Đinh Công Tám', 'zalo', ['neighbourhood-head'], 'neighbourhood-heads', 'khu-3'),
  part('bà', 'Trịnh Thị Bảy', 'telegram', ['neighbourhood-head'], 'neighbourhood-heads', 'khu-4'),
  part('ông', 'Lưu Văn Chín', 'zalo', ['neighbourhood-head'], 'neighbourhood-heads', 'khu-5'),
];

type StaffName = keyof typeof STAFF;

export interface Cast {
  readonly staff: Readonly<Record<StaffName, Actor>>;
  readonly heads: readonly Actor[];
  readonly residents: { readonly tu: Actor; readonly nam: Actor };
}

/** The people with their phones; nobody has joined yet. */
export function castOf(world: World, tell: Teller): Cast {
  const actor = ({ address, name, platform }: Part): Actor =>
    createActor(world.someone(platform, name), `${address} ${name.split(' ').at(-1) ?? name}`, tell);
  const staff = Object.fromEntries(Object.entries(STAFF).map(([key, each]) => [key, actor(each)])) as Record<
    StaffName,
    Actor
  >;
  return {
    staff,
    heads: HEADS.map(actor),
    residents: {
      tu: createActor(world.someone('telegram', 'Bà Tư'), 'bà Tư', tell),
      nam: createActor(world.someone('zalo', 'Ông Năm'), 'ông Năm', tell),
    },
  };
}

/** Everybody of staff types a one-time code, one after the other in the order above. */
export async function joinAll(world: World, cast: Cast): Promise<void> {
  const join = ({ roles, unitId, neighbourhood, address }: Part, who: Actor): Promise<unknown> =>
    world.joinStaff(who, roles, unitId, neighbourhood ?? null, address);
  for (const name of Object.keys(STAFF) as StaffName[]) await join(STAFF[name], cast.staff[name]);
  for (const [index, head] of HEADS.entries()) {
    const actor = cast.heads[index];
    if (actor) await join(head, actor);
  }
}

export function everyone({ staff, heads, residents }: Cast): readonly Actor[] {
  return [...Object.values(staff), ...heads, ...Object.values(residents)];
}
