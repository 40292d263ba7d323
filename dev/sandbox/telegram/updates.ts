import { Changes, WaitTimeout } from '../core/changes.ts';
import type { SandboxCore } from '../core/index.ts';
import { type ApiResult, conflict, done } from './results.ts';
import type { TelegramRules } from './rules.ts';
import type { UpdateKind } from './wire.ts';

/** What the journal tells of an update. */
export interface UpdateTrace {
  readonly chatId: number;
  readonly messageId?: number | undefined;
  readonly personId?: string | undefined;
  readonly text?: string | undefined;
}

interface Pending {
  readonly update: Readonly<Record<string, unknown>> & { readonly update_id: number };
  readonly kind: UpdateKind;
  readonly trace: UpdateTrace;
  readonly atMs: number;
}

export interface PollOptions {
  readonly offset: number | undefined;
  readonly limit: number | undefined;
  /** Seconds. */
  readonly timeoutS: number | undefined;
  readonly allowed: readonly string[] | undefined;
}

const firstUpdateId = 100_000_001;

/** The bot's updates, from their making until they are confirmed. */
export class UpdateQueue {
  readonly pushed = new Changes();
  readonly #core: SandboxCore;
  readonly #rules: TelegramRules;
  #pending: Pending[] = [];
  #nextId = firstUpdateId;
  #allowed: ReadonlySet<string> | undefined;
  #endOtherPoll: (() => void) | undefined;

  constructor(core: SandboxCore, rules: TelegramRules) {
    this.#core = core;
    this.#rules = rules;
  }

  /** Which kinds are made from now on; an empty list means the default, undefined leaves it as it was. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds !== undefined) this.#allowed = kinds.length === 0 ? undefined : new Set(kinds);
  }

  allowed(): readonly string[] | undefined {
    return this.#allowed === undefined ? undefined : [...this.#allowed];
  }

  push(kind: UpdateKind, payload: unknown, trace: UpdateTrace): void {
    if (this.#allowed !== undefined && !this.#allowed.has(kind)) return;
    const update = { update_id: this.#nextId, [kind]: payload };
    this.#nextId += 1;
    this.#pending.push({ update, kind, trace, atMs: this.#core.clock.nowMs() });
    this.#record('update', { kind, trace });
    this.pushed.notify();
  }

  /** The oldest that still wait, up to `limit`. */
  head(limit: number): readonly Pending['update'][] {
    const oldestMs = this.#core.clock.nowMs() - this.#rules.updateLifeMs;
    this.#pending = this.#pending.filter((pending) => pending.atMs >= oldestMs);
    return this.#pending.slice(0, limit).map((pending) => pending.update);
  }

  count(): number {
    return this.#pending.length;
  }

  clear(): void {
    this.#pending = [];
  }

  confirmBelow(updateId: number): void {
    const rest = this.#pending.findIndex((pending) => pending.update.update_id >= updateId);
    const confirmed = this.#pending.splice(0, rest === -1 ? this.#pending.length : rest);
    for (const pending of confirmed) this.#record('ack', pending);
  }

  /** getUpdates. A second poller ends the first one with a conflict, as the platform does. */
  async poll(options: PollOptions, gone: AbortSignal): Promise<ApiResult> {
    this.#endOtherPoll?.();
    this.allow(options.allowed);
    const offset = options.offset ?? 0;
    if (offset > 0) this.confirmBelow(offset);
    if (offset < 0) this.confirmBelow(this.#pending.at(offset)?.update.update_id ?? 0);
    const limit = Math.min(100, Math.max(1, options.limit ?? 100));
    const ready = this.head(limit);
    const timeoutMs = Math.min(50, Math.max(0, options.timeoutS ?? 0)) * 1_000;
    if (ready.length > 0 || timeoutMs === 0) return done(ready);
    const end = await this.#waitForPush(timeoutMs, gone);
    if (end === 'other-poller') {
      return conflict(
        'terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    }
    return done(end === 'pushed' ? this.head(limit) : []);
  }

  async #waitForPush(timeoutMs: number, gone: AbortSignal): Promise<'pushed' | 'over' | 'other-poller'> {
    let ended: 'over' | 'other-poller' | undefined;
    const end = (how: 'over' | 'other-poller') => (): void => {
      ended = how;
      this.pushed.notify();
    };
    const endThis = end('other-poller');
    const leave = end('over');
    this.#endOtherPoll = endThis;
    gone.addEventListener('abort', leave);
    try {
      return await this.pushed.waitFor(() => ended ?? (this.#pending.length > 0 ? 'pushed' : undefined), {
        timeoutMs,
      });
    } catch (error) {
      if (error instanceof WaitTimeout) return 'over';
      throw error;
    } finally {
      gone.removeEventListener('abort', leave);
      if (this.#endOtherPoll === endThis) this.#endOtherPoll = undefined;
    }
  }

  #record(as: 'update' | 'ack', { kind, trace }: Pick<Pending, 'kind' | 'trace'>): void {
    this.#core.journal.record({
      platform: 'telegram',
      kind: as,
      method: kind,
      chatId: String(trace.chatId),
      messageId: trace.messageId === undefined ? undefined : String(trace.messageId),
      personId: trace.personId,
      text: trace.text,
      ok: true,
    });
  }
}
