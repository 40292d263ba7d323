import type { DenunciationStore } from '#src/app/ports/denunciations.ts';
import type { LockedWords } from '#src/domain/denunciation.ts';

/** Sealed texts are base64, so that no test can find a word in them by chance. */
export function memoryDenunciations(): DenunciationStore {
  const rows = new Map<string, { readonly sealed: string; readonly day: string }>();
  const handleOf = (lockedId: string): string => Buffer.from(`locked ${lockedId}`).toString('base64url');
  const unseal = (sealed: string): LockedWords =>
    JSON.parse(Buffer.from(sealed, 'base64url').toString('utf8')) as LockedWords;
  const open: DenunciationStore['open'] = (handle) => {
    const row = rows.get(handle);
    return Promise.resolve(row ? { handle, day: row.day, matter: unseal(row.sealed) } : null);
  };
  return {
    keeps: true,
    seal: (_lockedId, matter) => Buffer.from(JSON.stringify(matter)).toString('base64url'),
    put: (lockedId, sealed, day) => {
      rows.set(handleOf(lockedId), { sealed, day });
      return Promise.resolve();
    },
    find: async (lockedId) => (await open(handleOf(lockedId)))?.matter ?? null,
    forget: (lockedId) => {
      rows.delete(handleOf(lockedId));
      return Promise.resolve();
    },
    list: (limit) =>
      Promise.resolve(
        [...rows]
          .map(([handle, { day, sealed }]) => ({ handle, day, matter: unseal(sealed) }))
          .sort((a, b) => b.day.localeCompare(a.day))
          .slice(0, limit),
      ),
    open,
  };
}
