/** Settings of the fake Official Account. All have defaults; a test states only what it is about. */
export interface ZaloSandboxOptions {
  readonly appId?: string;
  /** The app secret, sent as the `secret_key` header of OAuth. */
  readonly appSecret?: string;
  readonly oaId?: string;
  readonly oaName?: string;
  /** The "OA Secret Key" that signs webhooks; deliberately another value than the app secret. */
  readonly oaSecretKey?: string;
  /** Put before every path, e.g. `/zalo`; the API and OAuth roots are then `<root>/zalo`. Default: none. */
  readonly pathPrefix?: string;
  /** The callback saved in the console; any other is refused with -14003. Default: every callback is taken. */
  readonly redirectUri?: string;
  /** Calls a minute the OA may make, over a strict sliding minute of real time. Default 100 (Growth plan). */
  readonly ratePerMinute?: number;
  /** Longest title of a button; 100 by the documents, 20 is what some clients enforce. Default 100. */
  readonly maxButtonTitleLength?: 20 | 100;
  /** Free consultation messages in one 48 h window; undefined (the default) is the rule since 2026: no limit. */
  readonly freeRepliesPerWindow?: number;
  /** Consultation messages of the plan each month, used between 48 h and 7 days. Default 500 (Growth plan). */
  readonly monthlyConsultations?: number;
  /** Bought consultation messages, used after the plan's. Default 0. */
  readonly purchasedConsultations?: number;
  /** Approved templates, each with whatever parameters. Default: none. */
  readonly templateIds?: readonly string[];
  /** Whether the OA's own messages come back as `oa_send_*` events. Default false. */
  readonly echoes?: boolean;
  /** Whether a delivered private message is followed by `user_received_message`. Default false. */
  readonly receipts?: boolean;
  /** Multiplies the steps of the retry ladder, in real time; 0.001 makes 30 s into 30 ms. Default 1. */
  readonly retryScale?: number;
  /** How long a webhook may take to answer 200, real time. Default 2000. */
  readonly webhookTimeoutMs?: number;
}

export interface ZaloSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaName: string;
  readonly oaSecretKey: string;
  readonly pathPrefix: string;
  readonly redirectUri: string | undefined;
  readonly ratePerMinute: number;
  readonly maxButtonTitleLength: number;
  readonly freeRepliesPerWindow: number | undefined;
  readonly monthlyConsultations: number;
  readonly purchasedConsultations: number;
  readonly templateIds: readonly string[];
  readonly echoes: boolean;
  readonly receipts: boolean;
  readonly retryScale: number;
  readonly webhookTimeoutMs: number;
}

const DEFAULTS: ZaloSettings = {
  appId: '360846524940903967',
  appSecret: 'sandbox-app-secret',
  oaId: '388613280878808645',
  oaName: 'UBND Phường (sandbox)',
  oaSecretKey: 'sandbox-oa-secret-key',
  pathPrefix: '',
  redirectUri: undefined,
  ratePerMinute: 100,
  maxButtonTitleLength: 100,
  freeRepliesPerWindow: undefined,
  monthlyConsultations: 500,
  purchasedConsultations: 0,
  templateIds: [],
  echoes: false,
  receipts: false,
  retryScale: 1,
  webhookTimeoutMs: 2_000,
};

/** The options with every default filled in. */
export const toSettings = (options: ZaloSandboxOptions): ZaloSettings => ({ ...DEFAULTS, ...options });
