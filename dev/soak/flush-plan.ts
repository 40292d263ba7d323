/** When Redis is flushed after the clock was moved: so much later, or when the first message of that moment leaves. */
export type Flush = { readonly kind: 'after'; readonly ms: number } | { readonly kind: 'first-message' };

/**
 * Flushes at random moments, the same for the same seed: asked at each moment of which so many are still to come, spreads
 * what is left over them.
 */
export function planFlushes(count: number, seed: number, longestMs: number) {
  const random = randomFrom(seed);
  let left = count;
  return (momentsLeft: number): Flush | null => {
    if (left === 0 || random() * Math.max(1, momentsLeft) >= left) return null;
    left -= 1;
    return random() < 0.5 ? { kind: 'first-message' } : { kind: 'after', ms: random() * longestMs };
  };
}

/** Mulberry32: numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
