import { Changes } from '../core/changes.ts';
import type { WaitOptions } from '../core/changes.ts';
import type { Journal, JournalDraft } from '../core/journal.ts';
import type { ZaloEvent } from './events.ts';
import { signatureHeader, zaloMac } from './signature.ts';

/** Waits between the attempts of one event, before scaling: 30 s, 5 min, 15 min, 30 min, 1 h. */
export const RETRY_LADDER_MS = [30_000, 300_000, 900_000, 1_800_000, 3_600_000] as const;

/** More calls at once than this wait their turn, so that a burst of events does not exhaust the sockets. */
const MAX_IN_FLIGHT = 64;

/** An event in the bytes in which every attempt carries it. */
export interface EmittedEvent {
  /** 1, 2, 3 … in the order of events; the handle for `redeliver`. */
  readonly eventNumber: number;
  readonly event: ZaloEvent;
  readonly rawBody: string;
}

/** How one attempt ended. */
export type Attempt = { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'no-answer' };

/** Where the webhook stands: none set, working, or switched off after an event used up its ladder. */
export type WebhookState = 'unset' | 'active' | 'disabled';

export interface RedeliverOptions {
  /** How many times, one after the other; 1 unless told. */
  readonly times?: number;
  /** Signs with a wrong key. */
  readonly wrongMac?: boolean;
  /** Sends no signature at all. */
  readonly unsigned?: boolean;
  /** The `num_retry` header; left out unless told. */
  readonly retryNumber?: number;
}

interface WebhookSettings {
  readonly appId: string;
  readonly oaSecretKey: string;
  readonly retryScale: number;
  readonly webhookTimeoutMs: number;
}

/** Sends events to the bot as the platform does: signed, 200 wanted in 2 s, at least once, with the retry ladder. */
export class Webhooks {
  readonly #journal: Journal;
  readonly #settings: WebhookSettings;
  readonly #events: EmittedEvent[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #turns: (() => void)[] = [];
  readonly #changes = new Changes();
  readonly #stopping = new AbortController();
  #url: string | undefined;
  #state: WebhookState = 'unset';
  #inFlight = 0;
  /** Deliveries of the ladder that have begun and not yet either ended or planned their retry. */
  #delivering = 0;

  constructor(journal: Journal, settings: WebhookSettings) {
    this.#journal = journal;
    this.#settings = settings;
  }

  get state(): WebhookState {
    return this.#state;
  }

  /** Every event so far, also those that no webhook was there to take. */
  get events(): readonly EmittedEvent[] {
    return this.#events;
  }

  /**
   * Saves the address as the console does: an empty POST without signature must be answered 200, else nothing is saved.
   * Also brings a disabled webhook back.
   */
  async setUrl(url: string): Promise<{ readonly saved: boolean; readonly probe: Attempt }> {
    const probe = await this.#post(url, '', {});
    const saved = probe.kind === 'answered' && probe.status === 200;
    this.#record({ kind: 'update', method: 'webhook/probe', ok: saved }, probe);
    if (saved) {
      this.#url = url;
      this.#state = 'active';
    }
    return { saved, probe };
  }

  /** Takes the address away; events are then journaled and lost. */
  clearUrl(): void {
    this.#url = undefined;
    this.#state = 'unset';
    this.#forgetRetries();
  }

  /** Makes an event and starts to deliver it; does not wait for the bot. */
  emit(event: ZaloEvent): EmittedEvent {
    const emitted = { eventNumber: this.#events.length + 1, event, rawBody: JSON.stringify(event.body) };
    this.#events.push(emitted);
    const active = this.#state === 'active';
    this.#record({ kind: 'update', ...this.#about(event), ok: active });
    if (active) this.#start(emitted, 0);
    return emitted;
  }

  /** Delivers an event again, outside the ladder, and tells how each attempt ended. */
  async redeliver(eventNumber: number, options: RedeliverOptions = {}): Promise<readonly Attempt[]> {
    const emitted = this.#events[eventNumber - 1];
    if (emitted === undefined) throw new RangeError(`No event ${eventNumber}`);
    const url = this.#url;
    if (url === undefined) throw new Error('No webhook is set');
    const attempts: Attempt[] = [];
    for (let i = 0; i < (options.times ?? 1); i++) {
      const headers = this.#headers(emitted, options.retryNumber ?? 0, options);
      const attempt = await this.#post(url, emitted.rawBody, headers);
      const ok = attempt.kind === 'answered' && attempt.status === 200;
      this.#record({ kind: 'ack', ...this.#about(emitted.event), ok }, attempt);
      attempts.push(attempt);
    }
    return attempts;
  }

  /** Posts any bytes to the webhook, e.g. a body that is not JSON. */
  async postRaw(rawBody: string, headers: Readonly<Record<string, string>> = {}): Promise<Attempt> {
    if (this.#url === undefined) throw new Error('No webhook is set');
    return this.#post(this.#url, rawBody, headers);
  }

  /** Events on their way to the bot, or waiting for another attempt. */
  pending(): number {
    return Math.max(this.#inFlight, this.#delivering) + this.#timers.size;
  }

  /** Resolves once no delivery runs and no retry waits. */
  async settled(options: WaitOptions = {}): Promise<void> {
    const isQuiet = (): true | undefined =>
      this.#inFlight === 0 && this.#timers.size === 0 ? true : undefined;
    await this.#changes.waitFor(isQuiet, { what: 'The end of the webhook deliveries', ...options });
  }

  /** Ends everything that runs or waits; nothing is sent afterwards. */
  stop(): void {
    this.clearUrl();
    this.#stopping.abort();
  }

  #start(emitted: EmittedEvent, retryNumber: number): void {
    this.#delivering++;
    // Delivery reports its own failures; what is left would be a bug, and then the process should fall over.
    void this.#deliver(emitted, retryNumber).finally(() => {
      this.#delivering--;
      this.#changes.notify();
    });
  }

  async #deliver(emitted: EmittedEvent, retryNumber: number): Promise<void> {
    const url = this.#url;
    if (url === undefined || this.#state !== 'active') return;
    const attempt = await this.#post(url, emitted.rawBody, this.#headers(emitted, retryNumber, {}));
    if (this.#stopping.signal.aborted) return;
    const ok = attempt.kind === 'answered' && attempt.status === 200;
    this.#record({ kind: 'ack', ...this.#about(emitted.event), ok }, attempt);
    if (!ok) this.#retryLater(emitted, retryNumber);
  }

  #retryLater(emitted: EmittedEvent, retryNumber: number): void {
    if (this.#state !== 'active') return;
    const waitMs = RETRY_LADDER_MS[retryNumber];
    if (waitMs === undefined) {
      this.#state = 'disabled';
      this.#forgetRetries();
      this.#record({ kind: 'update', method: 'webhook/disabled', ok: false });
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(emitted, retryNumber + 1);
    }, waitMs * this.#settings.retryScale);
    this.#timers.add(timer);
  }

  #headers(emitted: EmittedEvent, retryNumber: number, options: RedeliverOptions): Record<string, string> {
    const { appId, oaSecretKey } = this.#settings;
    const key = options.wrongMac === true ? `${oaSecretKey}-wrong` : oaSecretKey;
    const mac = zaloMac(appId, emitted.rawBody, emitted.event.timestamp, key);
    return {
      'content-type': 'application/json',
      ...(options.unsigned === true ? {} : { 'X-ZEvent-Signature': signatureHeader(mac) }),
      ...(retryNumber > 0 ? { num_retry: String(retryNumber) } : {}),
    };
  }

  async #post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Attempt> {
    await this.#takeTurn();
    try {
      const signal = AbortSignal.any([
        this.#stopping.signal,
        AbortSignal.timeout(this.#settings.webhookTimeoutMs),
      ]);
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      await response.body?.cancel();
      return { kind: 'answered', status: response.status };
    } catch {
      return { kind: 'no-answer' };
    } finally {
      this.#giveTurn();
    }
  }

  async #takeTurn(): Promise<void> {
    this.#inFlight++;
    if (this.#inFlight > MAX_IN_FLIGHT) await new Promise<void>((resolve) => this.#turns.push(resolve));
  }

  #giveTurn(): void {
    this.#inFlight--;
    this.#turns.shift()?.();
  }

  #forgetRetries(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#changes.notify();
  }

  #about(event: ZaloEvent): Pick<JournalDraft, 'method' | 'chatId' | 'messageId' | 'personId'> {
    return { method: event.name, chatId: event.chatId, messageId: event.messageId, personId: event.personId };
  }

  /** A status other than 200 goes into the error code, 0 stands for no answer at all. */
  #record(draft: Omit<JournalDraft, 'platform'>, attempt?: Attempt): void {
    const status = attempt?.kind === 'answered' ? attempt.status : 0;
    const errorCode = attempt === undefined || status === 200 ? undefined : status;
    this.#journal.record({ ...draft, platform: 'zalo', errorCode });
  }
}
