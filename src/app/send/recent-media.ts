import type { FetchedFile } from '#src/app/ports/channel.ts';

/** A post has one to ten; more would be kept for nothing. */
const KEPT = 10;

/** Reads a medium once for the many rows that follow each other with it. A failed read is forgotten. */
export function createRecentMedia(
  read: (id: string) => Promise<FetchedFile | null>,
): (id: string) => Promise<FetchedFile | null> {
  const kept = new Map<string, Promise<FetchedFile | null>>();
  return (id) => {
    const known = kept.get(id);
    if (known) return known;
    const reading = read(id);
    kept.set(id, reading);
    reading.catch(() => kept.delete(id));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return reading;
  };
}
