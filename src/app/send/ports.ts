import type { Channels, SendBudget } from '#src/app/ports/channel.ts';
import type { DenunciationStore } from '#src/app/ports/denunciations.ts';
import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import type { Alerts, Clock, Log, Tokens, Wake } from '#src/app/ports/services.ts';
import type { ChannelHealthStore } from '#src/app/ports/health.ts';
import type { ConversationStore, DestinationStore, MediaStore, RunStore } from '#src/app/ports/stores.ts';
import type { Hash } from '#src/domain/broadcast/approval.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import type { Sleep } from './slots.ts';

/** What the send engine needs, and no more: fakes stay small. */
export interface SendPorts {
  readonly deliveries: Pick<DeliveryStore, 'lease' | 'markSending' | 'settle' | 'nextDueAtMs'>;
  readonly destinations: Pick<DestinationStore, 'many' | 'byChat' | 'setState' | 'setThread' | 'move'>;
  readonly runs: Pick<RunStore, 'get' | 'inState'>;
  readonly conversations: Pick<ConversationStore, 'load' | 'save'>;
  readonly channels: Channels;
  readonly budget: SendBudget;
  readonly health: Pick<
    ChannelHealthStore,
    'penalise' | 'penalties' | 'configurationError' | 'succeeded' | 'isPaused'
  >;
  readonly media: Pick<MediaStore, 'get'>;
  readonly denunciations: Pick<DenunciationStore, 'open'>;
  readonly clock: Clock;
  /** Leases, penalties and waits run on real time, whatever the injected clock says. */
  readonly realNowMs: () => number;
  readonly tokens: Pick<Tokens, 'next'>;
  readonly hash: Hash;
  readonly alerts: Alerts;
  readonly log: Log;
  readonly wake: Pick<Wake, 'lane'>;
  /** For tests; real timers when left out. */
  readonly sleep?: Sleep;
}

export interface SendRequest {
  readonly platform: Platform;
  readonly lane: Lane;
  /** Calls under way at once; each holds one row. */
  readonly maxInFlight: number;
  readonly signal: AbortSignal;
}

export interface SendReport {
  /** Messages that went out whole. */
  readonly sent: number;
  /** When to come back: null when nothing waits, or when only a person can set the channel going again. */
  readonly nextInMs: number | null;
}
