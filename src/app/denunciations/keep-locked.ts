import { addDays, atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Conversation, Effect } from '#src/domain/conversation/types.ts';
import type { Plan } from '#src/domain/plan.ts';
import { accusedUnits } from '#src/domain/vietnamese/accused.ts';
import type { App } from '../app.ts';
import { notifyStaff } from '../send/notify.ts';
import { lockedReaders } from './locked-readers.ts';

/** Readers are told once a day, at an hour that has nothing to do with when somebody wrote. */
const TOLD_AT = '08:00';

/** Before a step is committed: words that sound like a denunciation are sealed under their own key, and stand nowhere else. */
export function sealLockedWords(
  app: Pick<App, 'denunciations'>,
  conversation: Conversation,
  senderName: string,
  plan: Plan,
): Conversation {
  const sealed = (effect: Effect): Effect => {
    if (effect.kind !== 'lock-words') return effect;
    const { lockedId, draft } = effect;
    const accused = accusedUnits(draft.text, plan.units);
    const matter = { draft, sender: conversation.chat, senderName, accused };
    return { kind: 'keep-locked', lockedId, sealed: app.denunciations.seal(lockedId, matter) };
  };
  const effects = conversation.effects.map(({ id, effect }) => ({ id, effect: sealed(effect) }));
  return { ...conversation, effects };
}

/** Idempotent. Readers hear that there is something, never what or from whom; nobody else hears of it. */
export async function keepLocked(app: App, lockedId: string, sealed: string | null): Promise<void> {
  if (sealed === null) return;
  const today = localDateOf(app.clock.nowMs());
  await app.denunciations.put(lockedId, sealed, today);
  const matter = await app.denunciations.find(lockedId);
  for (const reader of await lockedReaders(app, matter?.accused ?? [])) {
    await notifyStaff(app, {
      id: `locked.${today}.${reader.id}`,
      staff: reader,
      text: { key: 'staff.locked.waiting' },
      lane: 'reminder',
      dueAtMs: atLocal(addDays(today, 1), TOLD_AT),
    });
  }
}
