import type { ChatRef } from '#src/domain/inbound.ts';

/** When something that must not stop last ran, by its name. */
export interface BeatStore {
  /** An older beat than the stored one changes nothing. */
  beat(name: string, atMs: number): Promise<void>;
  /** Null: never. */
  lastMs(name: string): Promise<number | null>;
}

/** What must outlive Redis about a channel: penalties, configuration errors in a row, the pause. */
export interface ChannelHealthStore {
  penalise(platform: ChatRef['platform'], chatId: string | null, untilMs: number): Promise<void>;
  penalties(
    platform: ChatRef['platform'],
    nowMs: number,
  ): Promise<readonly { readonly chatId: string | null; readonly untilMs: number }[]>;
  /** Counts a configuration error; the fifth in a row answers `paused` once. */
  configurationError(platform: ChatRef['platform'], code: string): Promise<'counted' | 'paused'>;
  succeeded(platform: ChatRef['platform']): Promise<void>;
  isPaused(platform: ChatRef['platform']): Promise<boolean>;
  resume(platform: ChatRef['platform']): Promise<void>;
}

/** The Zalo token pair. The refresh token is spent by one process: `claim` is exclusive and outlives the HTTP time limit. */
export interface ZaloTokenStore {
  load(): Promise<ZaloTokens | null>;
  /**
   * Takes over a refresh token that a person put into the settings, once: it becomes a new, unspent pair. Answers false
   * when this very token was taken over before, since its pair has moved on or was spent.
   */
  takeOver(refreshToken: string): Promise<boolean>;
  claimRefresh(generation: number, untilMs: number, nowMs: number, token: string): Promise<boolean>;
  /** Both tokens in one write, before either is used. */
  save(tokens: ZaloTokens): Promise<void>;
  /** An uncertain refresh: the refresh token must never be tried again. */
  markUncertain(generation: number): Promise<void>;
}

export interface ZaloTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAtMs: number;
  readonly generation: number;
  readonly state: 'good' | 'uncertain';
}
