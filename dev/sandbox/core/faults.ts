import type { Platform } from './journal.ts';

export type FaultAction =
  /** Wait, then process and answer as usual. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Not processed, never answered; the socket stays open. */
  | { readonly kind: 'drop' }
  /** Not processed; the socket closes. */
  | { readonly kind: 'cut-before' }
  /** Processed; the socket closes before the headers. */
  | { readonly kind: 'cut-after' }
  /** Processed; headers and half the body, then the socket closes. */
  | { readonly kind: 'cut-body' }
  /** Not processed; this status. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  /** Not processed; the platform's own refusal. */
  | { readonly kind: 'rate-limit'; readonly retryAfterS: number }
  /** Processed; an answer that is not JSON. */
  | { readonly kind: 'bad-json' }
  /** Not processed; an answer that is not JSON. */
  | { readonly kind: 'bad-json-unprocessed' };

/** What should go wrong, and for which calls: a field left out matches every call. */
export interface Fault {
  readonly platform?: Platform | undefined;
  /** Compared without case. */
  readonly method?: string | undefined;
  readonly chatId?: string | number | undefined;
  /** How many matching calls pass first; 0 unless told. */
  readonly skip?: number | undefined;
  /** How many calls it strikes; 1 unless told. */
  readonly times?: number | undefined;
  readonly action: FaultAction;
}

interface Armed {
  readonly id: string;
  readonly fault: Fault;
  skipLeft: number;
  timesLeft: number;
}

const matches = (fault: Fault, platform: Platform, method: string, chatId: string | undefined): boolean =>
  (fault.platform === undefined || fault.platform === platform) &&
  (fault.method === undefined || fault.method.toLowerCase() === method.toLowerCase()) &&
  (fault.chatId === undefined || String(fault.chatId) === chatId);

/** What is to go wrong, in the order in which it was added; the first that matches strikes. */
export class FaultScript {
  #armed: Armed[] = [];
  #lastId = 0;

  /** Arms a fault; returns its id for `remove`. */
  add(fault: Fault): string {
    this.#lastId += 1;
    const id = `fault-${this.#lastId}`;
    this.#armed.push({ id, fault, skipLeft: fault.skip ?? 0, timesLeft: fault.times ?? 1 });
    return id;
  }

  remove(id: string): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((armed) => armed.id !== id);
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
  }

  /** What is still armed, with what is left of it. */
  list(): readonly { readonly id: string; readonly fault: Fault; readonly timesLeft: number }[] {
    return this.#armed.map(({ id, fault, timesLeft }) => ({ id, fault, timesLeft }));
  }

  /** The fault that strikes this call, if any; it is used up by asking. */
  next(platform: Platform, method: string, chatId: string | number | undefined): Fault | undefined {
    const chat = chatId === undefined ? undefined : String(chatId);
    for (const armed of this.#armed) {
      if (!matches(armed.fault, platform, method, chat)) continue;
      if (armed.skipLeft > 0) {
        armed.skipLeft -= 1;
        continue;
      }
      armed.timesLeft -= 1;
      if (armed.timesLeft <= 0) this.remove(armed.id);
      return armed.fault;
    }
    return undefined;
  }
}
