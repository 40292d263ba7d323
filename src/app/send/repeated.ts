import type { ChatRef } from '#src/domain/inbound.ts';
import type { Delivery, Lane } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';

export interface Repetition {
  readonly id: string;
  readonly chat: ChatRef;
  /** Those of the first one unless told. */
  readonly text?: string;
  readonly lane?: Lane;
}

/** A message to one person once more: under an id of its own, due now, with what its answers mean. */
export function repeated(app: Pick<App, 'clock'>, row: Delivery, again: Repetition): Delivery {
  const { message, prompt, caseId } = row;
  const { id, chat, text = message?.text ?? '', lane = row.lane } = again;
  return {
    ...{ id, lane, platform: chat.platform, target: { kind: 'chat', chat }, message: { ...message, text } },
    ...(prompt ? { prompt } : {}),
    ...(caseId === undefined ? {} : { caseId }),
    ...{ state: 'pending', dueAtMs: app.clock.nowMs(), sentParts: [], attempts: 0 },
  };
}
