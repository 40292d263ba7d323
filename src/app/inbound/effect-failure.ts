import type { Effect, StoredEffect } from '#src/domain/conversation/types.ts';
import type { App } from '../app.ts';
import { tellMissingFiles } from '../cases/keep-files.ts';
import type { EffectFailures } from '../ports/stores.ts';
import { NotYet } from './not-yet.ts';
import { type EffectContext, replyText } from './reply.ts';

interface Patience {
  readonly attempts: number;
  readonly ms: number;
}

/** Both must be over: tries can follow each other within a moment, and a clock can jump over hours without any. */
const PATIENCE: Patience = { attempts: 8, ms: 5 * 60_000 };
const PATIENCE_FOR_FILES: Patience = { attempts: 8, ms: 10 * 60_000 };

/**
 * Throws while the effect should run again before those behind it. Returns when they may go on: it waits without holding
 * them up, or it was given up, told and set aside. What cannot be counted (no database) is thrown and counts for nothing.
 */
export async function afterFailure(
  app: App,
  context: EffectContext,
  { id, effect }: StoredEffect,
  error: unknown,
): Promise<void> {
  const { key } = context.conversation;
  const isWaiting = error instanceof NotYet;
  const nowMs = app.clock.nowMs();
  const failures = await app.conversations.effectFailed(key, id, nowMs);
  const fields = { effect: id, kind: effect.kind, attempts: failures.attempts, error };
  if (!isOver(failures, isWaiting ? PATIENCE_FOR_FILES : PATIENCE, nowMs)) {
    if (!isWaiting) throw error;
    app.log.warn(fields, 'effect waits');
    return;
  }
  app.log.error(fields, 'effect set aside');
  // Told first, under ids that repeat: a crash in between says it again and loses nothing.
  if (isWaiting && (effect.kind === 'create-case' || effect.kind === 'record-letter'))
    await tellMissingFiles(app, context, filesOf(effect).length);
  else {
    await app.alerts.raise('effectSetAside', { id });
    await replyText(app, context, { key: 'common.effectSetAside' }, '.aside');
  }
  await app.conversations.effectSetAside(key, id, nowMs);
}

const filesOf = (effect: Extract<Effect, { readonly kind: 'create-case' | 'record-letter' }>) =>
  effect.kind === 'create-case' ? effect.draft.files : effect.letter.files;

function isOver({ attempts, firstAtMs }: EffectFailures, patience: Patience, nowMs: number): boolean {
  return attempts >= patience.attempts && nowMs - firstAtMs >= patience.ms;
}
