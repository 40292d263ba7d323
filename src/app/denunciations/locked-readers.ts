import { mayReadLocked } from '#src/domain/denunciation.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';

/** Who may read what is about these units, each once. */
export async function lockedReaders(
  { staff }: Pick<App, 'staff'>,
  accused: readonly string[],
): Promise<readonly StaffMember[]> {
  const readers = [
    ...(await staff.withRole('chairperson')),
    ...(await staff.withRole('denunciation-officer')),
  ];
  const unique = new Map(readers.map((reader) => [reader.id, reader]));
  return [...unique.values()].filter((reader) => mayReadLocked(reader, accused));
}
