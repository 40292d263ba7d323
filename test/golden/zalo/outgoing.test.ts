import { readFileSync } from 'node:fs';
import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { createZaloApi } from '#src/channels/zalo/api.ts';
import { createZaloHttp } from '#src/channels/zalo/http.ts';
import { createZaloChannel, type ZaloChannel } from '#src/channels/zalo/send.ts';
import { createZaloTokenKeeper } from '#src/channels/zalo/token-keeper.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';
import { MemoryTokenStore } from '#test/unit/channels/memory-token-store.ts';

type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'raw'; readonly status: number; readonly body: string }
  | { readonly kind: 'reset' | 'timeout' | 'refused' | 'no-host' };

interface File {
  readonly contentType: string;
  readonly text: string;
}

interface Case {
  readonly label: string;
  readonly chat: ChatRef;
  readonly message: OutboundMessage;
  readonly media?: File | readonly File[];
  /** Answers of the OpenAPI, in order. */
  readonly replies: readonly Reply[];
  /** Whether a refresh of the token is expected to succeed. */
  readonly renews?: boolean;
  readonly requests: readonly unknown[];
  readonly outcome: SendOutcome;
}

const cases = JSON.parse(readFileSync(new URL('outgoing.json', import.meta.url), 'utf8')) as readonly Case[];

/** 40 seconds into a minute. */
const NOW_MS = 1_764_000_040_000;
const API = 'https://openapi.zalo.me';
const OAUTH = 'https://oauth.zaloapp.com';
const CODES = { reset: 'ECONNRESET', refused: 'ECONNREFUSED', 'no-host': 'ENOTFOUND' } as const;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Sent {
  readonly path: string;
  readonly headers?: unknown;
  readonly body?: unknown;
}

function shapeOf(options: Sent, seenTokens: unknown[]): unknown {
  const { path, body } = options;
  const headers = options.headers as Readonly<Record<string, string>>;
  if (path.startsWith('/v4/')) return { path, form: Object.fromEntries(new URLSearchParams(String(body))) };
  seenTokens.push(headers['access_token']);
  if (typeof body !== 'string') return { path, upload: true };
  return { path, body: JSON.parse(body) as unknown };
}

function channelWith(agent: MockAgent): ZaloChannel {
  const http = createZaloHttp({ dispatcher: agent, timeoutMs: 1_000 });
  const clock = { nowMs: () => NOW_MS };
  const keeper = createZaloTokenKeeper({
    http,
    store: new MemoryTokenStore({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      expiresAtMs: NOW_MS + 24 * 3_600_000,
      generation: 1,
      state: 'good',
    }),
    clock,
    alerts: { raise: () => Promise.resolve() },
    log: silent,
    tokens: { next: () => 'claim' },
    appId: '3608',
    appSecret: 'app-secret',
  });
  const api = createZaloApi({ http, keeper });
  return createZaloChannel({
    ...{ api, http, clock, oaId: '388', realNowMs: () => NOW_MS },
    caseTemplateId: '7895417a7d3f9461cd2e',
  });
}

describe('zalo calls', () => {
  it.each(cases)('$label', async ({ chat, message, media, replies, renews, requests, outcome }) => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    const seen: unknown[] = [];
    const seenTokens: unknown[] = [];
    for (const reply of replies) {
      const call = agent.get(API).intercept({ path: () => true, method: 'POST' });
      const status = 'status' in reply ? reply.status : 200;
      if (reply.kind === 'json' || reply.kind === 'raw') {
        call.reply((options) => {
          seen.push(shapeOf(options, seenTokens));
          const data = reply.kind === 'raw' ? reply.body : JSON.stringify(reply.body);
          const limits = { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remain': '97' };
          return { statusCode: status, data, responseOptions: { headers: limits } };
        });
      } else {
        const error =
          reply.kind === 'timeout'
            ? new DOMException('timed out', 'TimeoutError')
            : Object.assign(new Error(reply.kind), { code: CODES[reply.kind] });
        call.replyWithError(error);
      }
    }
    if (renews === true) {
      agent
        .get(OAUTH)
        .intercept({ path: '/v4/oa/access_token', method: 'POST' })
        .reply((options) => {
          seen.push(shapeOf(options, seenTokens));
          expect(options.headers).toMatchObject({ secret_key: 'app-secret' });
          const pair = { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: '90000' };
          return { statusCode: 200, data: JSON.stringify(pair) };
        });
    }
    const channel = channelWith(agent);
    const files = (media === undefined ? [] : [media].flat()).map(({ text, contentType }) => ({
      bytes: Buffer.from(text),
      contentType,
    }));

    expect(await channel.send(chat, message, files)).toEqual(outcome);

    const isAnswered = replies.every((reply) => reply.kind === 'json' || reply.kind === 'raw');
    if (isAnswered) expect(seen).toEqual(requests);
    if (isAnswered && replies.length > 0) expect(channel.lastLimits()).toEqual({ limit: 100, remain: 97 });
    if (renews === true) expect(seenTokens).toEqual(['access-1', 'access-2']);
    agent.assertNoPendingInterceptors();
    await agent.close();
  });
});
