import { ROLE_IDS, type Plan } from '#src/domain/plan.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import type { Clock, Tokens } from '../ports/services.ts';
import type { StaffStore } from '../ports/stores.ts';

const VALID_MS = 7 * 24 * 3_600_000;

export interface Invitation {
  readonly name: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly unitId: string;
  readonly neighbourhood: string | null;
}

export type Invited =
  | {
      readonly kind: 'invited';
      readonly member: StaffMember;
      readonly code: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: 'unknown-role' | 'unknown-unit' | 'unknown-neighbourhood' | 'role-taken';
      readonly value: string;
    };

/** A one-time code, good for seven days, typed to the bot or sent as `/start <code>`. */
export async function inviteStaff(
  ports: { readonly staff: StaffStore; readonly tokens: Tokens; readonly clock: Clock },
  plan: Plan,
  invitation: Invitation,
): Promise<Invited> {
  const unknownRole = invitation.roles.find((role) => !ROLE_IDS.some((known) => known === role));
  if (unknownRole !== undefined) return { kind: 'unknown-role', value: unknownRole };
  if (!plan.units.some((unit) => unit.id === invitation.unitId))
    return { kind: 'unknown-unit', value: invitation.unitId };
  const { neighbourhood } = invitation;
  if (neighbourhood !== null && !plan.neighbourhoods.some((one) => one.id === neighbourhood)) {
    return { kind: 'unknown-neighbourhood', value: neighbourhood };
  }
  const roles = ROLE_IDS.filter((role): role is Role => invitation.roles.includes(role));
  // Denunciations are read by one named officer and no more.
  if (
    roles.includes('denunciation-officer') &&
    (await ports.staff.withRole('denunciation-officer')).length > 0
  )
    return { kind: 'role-taken', value: 'denunciation-officer' };
  const code = ports.tokens.code();
  const expiresAtMs = ports.clock.nowMs() + VALID_MS;
  const member = await ports.staff.invite(
    { name: invitation.name, address: invitation.address, roles, unitId: invitation.unitId, neighbourhood },
    code,
    expiresAtMs,
  );
  return { kind: 'invited', member, code, expiresAtMs };
}
