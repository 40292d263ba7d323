import type { CaseDraft } from './conversation/drafts.ts';
import type { ChatRef } from './inbound.ts';
import { hasRole, type StaffMember } from './staff.ts';

/** What somebody typed that sounds like a denunciation: no case, and no denunciation in the sense of the law either. */
export interface LockedWords {
  readonly draft: CaseDraft;
  readonly sender: ChatRef;
  readonly senderName: string;
  /** Units that the words may be about. */
  readonly accused: readonly string[];
}

const CHAIRPERSON = 'chairperson';

/** The chairperson and the one named officer; neither where it may be about their own unit. */
export function mayReadLocked(member: StaffMember, accused: readonly string[]): boolean {
  if (!isLockedReader(member) || accused.includes(member.unitId)) return false;
  return !(hasRole(member, 'chairperson') && accused.includes(CHAIRPERSON));
}

export function isLockedReader(member: StaffMember): boolean {
  return hasRole(member, 'chairperson', 'denunciation-officer');
}
