import type { FetchedFile } from './channel.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import type { CategoryGuess, TextRef } from '#src/domain/conversation/types.ts';
import type { Category } from '#src/domain/plan.ts';

/** The clock for everything a person sees; budgets, leases and BullMQ run on real time. */
export interface Clock {
  nowMs(): number;
}

/** Random tokens for claims and invitations. */
export interface Tokens {
  /** URL-safe, at least 96 bits. */
  next(): string;
  /** Short and speakable: for invitations typed on a phone. */
  code(): string;
}

/** Chance, where a day is drawn that nobody can foresee. */
export interface Draw {
  /** A whole number from 0 up to, without, `count`, each as likely as the next. */
  below(count: number): number;
}

export interface Texts {
  render(ref: TextRef): string;
  has(key: string): boolean;
}

/** Redis only makes things move: every call may fail or be forgotten, and the putting-back timer makes it good. */
export interface Wake {
  /** Some deliveries of this lane may be due. */
  lane(platform: Platform, lane: Lane): Promise<void>;
  /** The inbox has rows of this chat. */
  inbox(chatKey: string): Promise<void>;
  /** Conversation effects of this chat wait. */
  effects(chatKey: string): Promise<void>;
}

/** What a resident's words may be about. */
export interface CategorySearch {
  /** Likeliest first; empty where no keyword of any category stands in the words. */
  likely(words: string, categories: readonly Category[]): readonly CategoryGuess[];
}

/** RFC 5545. */
export interface Recurrence {
  /** The moments (UTC ms) that a rule names from `fromMs` up to, without, `toMs`. Throws on a rule that is none. */
  between(rule: string, fromMs: number, toMs: number): readonly number[];
}

/** What is done to pictures before they go out. */
export interface Pictures {
  /** The photo as every platform takes it, without what it says of place and device; null where it is no picture. */
  fitPhoto(file: FetchedFile): Promise<FetchedFile | null>;
}

/** Structured log lines: ids, counts and codes, never words of people. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * Something a person of the admin role must know. At most one message a kind (and what it is `about`, an id) an hour; the text
 * is `alert.<kind>`.
 */
export interface Alerts {
  raise(kind: string, params?: Readonly<Record<string, string | number>>, about?: string): Promise<void>;
}
