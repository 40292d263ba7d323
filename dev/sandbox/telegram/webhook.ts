import type { TelegramRules } from './rules.ts';
import type { UpdateQueue } from './updates.ts';

export interface WebhookSettings {
  readonly url: string;
  readonly secretToken: string | undefined;
  readonly maxConnections: number;
}

interface LastError {
  readonly atS: number;
  readonly message: string;
}

/** A method call that the webhook gave as its answer. */
export type WebhookAnswer = (fields: Readonly<Record<string, unknown>>) => void;

const sleep = async (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Delivers updates to the bot's webhook, one after another: the next goes out when the one before was taken
 * (a 2xx). What was not taken is tried again, later and later.
 */
export class WebhookSender {
  readonly #queue: UpdateQueue;
  readonly #rules: TelegramRules;
  readonly #nowS: () => number;
  readonly #onAnswer: WebhookAnswer;
  #settings: WebhookSettings | undefined;
  #stopLoop: AbortController | undefined;
  #lastError: LastError | undefined;

  constructor(queue: UpdateQueue, rules: TelegramRules, nowS: () => number, onAnswer: WebhookAnswer) {
    this.#queue = queue;
    this.#rules = rules;
    this.#nowS = nowS;
    this.#onAnswer = onAnswer;
  }

  active(): boolean {
    return this.#settings !== undefined;
  }

  set(settings: WebhookSettings): void {
    this.clear();
    this.#settings = settings;
    this.#lastError = undefined;
    const stop = new AbortController();
    this.#stopLoop = stop;
    void this.#deliver(settings, stop.signal);
  }

  clear(): void {
    this.#settings = undefined;
    this.#stopLoop?.abort();
    this.#stopLoop = undefined;
    this.#queue.pushed.notify();
  }

  /** getWebhookInfo. */
  info(): Readonly<Record<string, unknown>> {
    return {
      url: this.#settings?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#queue.count(),
      ...(this.#settings === undefined ? {} : { max_connections: this.#settings.maxConnections }),
      ...(this.#lastError === undefined
        ? {}
        : { last_error_date: this.#lastError.atS, last_error_message: this.#lastError.message }),
      allowed_updates: this.#queue.allowed(),
    };
  }

  async #deliver(settings: WebhookSettings, signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const update = this.#queue.head(1)[0];
      if (update === undefined) {
        await this.#waitForUpdate(signal);
        continue;
      }
      const error = await this.#post(settings, JSON.stringify(update), signal);
      if (settings !== this.#settings) return;
      if (error === undefined) {
        failures = 0;
        this.#queue.confirmBelow(update.update_id + 1);
        continue;
      }
      this.#lastError = { atS: this.#nowS(), message: error };
      await sleep(
        this.#rules.webhookBackoffMs[failures] ?? this.#rules.webhookBackoffMs.at(-1) ?? 1_000,
        signal,
      );
      failures += 1;
    }
  }

  async #waitForUpdate(signal: AbortSignal): Promise<void> {
    const day = 24 * 60 * 60 * 1_000;
    await this.#queue.pushed
      .waitFor(() => signal.aborted || this.#queue.count() > 0 || undefined, { timeoutMs: day })
      .catch(() => undefined);
  }

  /** Undefined when the webhook took it, else what went wrong in the platform's words. */
  async #post(settings: WebhookSettings, body: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const response = await fetch(settings.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(settings.secretToken === undefined
            ? {}
            : { 'x-telegram-bot-api-secret-token': settings.secretToken }),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.#rules.webhookTimeoutMs)]),
      });
      const text = await response.text();
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      this.#readAnswer(text);
      return undefined;
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError'
        ? 'Read timeout expired'
        : 'Connection refused';
    }
  }

  #readAnswer(text: string): void {
    if (!text.startsWith('{')) return;
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && 'method' in parsed) this.#onAnswer({ ...parsed });
    } catch {
      // Not JSON: the platform ignores it too.
    }
  }
}
