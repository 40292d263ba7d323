import type { Effect } from '#src/domain/conversation/types.ts';
import type { App } from '../app.ts';
import type { EffectContext } from './reply.ts';

/** Who does what a step asked for: one use case an effect. */
export type HandlersOf<E extends Effect> = {
  readonly [K in E['kind']]: (
    app: App,
    context: EffectContext,
    effect: Extract<E, { readonly kind: K }>,
  ) => Promise<void>;
};
