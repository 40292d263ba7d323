import type { Duty } from '#src/domain/duty.ts';
import type { App } from '../app.ts';

/** What meets the tick, or another answer, is applied again to what that left. */
const TRIES = 5;

/**
 * Applies a pure change to a duty as it stands now and keeps what it made of it. Null: there is no such duty. `duty`: as it is
 * afterwards. Throws when the duty keeps changing under it.
 */
export async function updateDuty<R extends { readonly kind: string; readonly duty?: Duty }>(
  { duties }: Pick<App, 'duties'>,
  dutyId: string,
  apply: (duty: Duty) => R | Promise<R>,
): Promise<{ readonly result: R; readonly duty: Duty } | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await duties.get(dutyId);
    if (!before) return null;
    const result = await apply(before);
    const duty = result.duty ?? before;
    if (duty === before || (await duties.save(duty, before.rev)) !== 'conflict') return { result, duty };
  }
  throw new Error(`duty ${dutyId} kept changing`);
}
