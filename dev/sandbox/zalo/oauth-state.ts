import { createHash } from 'node:crypto';

import { refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import { DAY_MS, HOUR_MS } from './window.ts';

/** Life of an access token: 90,000 s, which is 25 h. */
export const ACCESS_TOKEN_LIFE_MS = 25 * HOUR_MS;
/** Life of a refresh token, three months. */
const REFRESH_TOKEN_LIFE_MS = 90 * DAY_MS;
/** Life of an authorisation code. */
const CODE_LIFE_MS = 600_000;

/** The two tokens of one exchange. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A refusal of OAuth: `error_name` and friends instead of the numeric envelope. */
export interface OAuthRefusal {
  readonly ok: false;
  readonly code: number;
  readonly name: string;
  readonly description: string;
}

export type OAuthResult = { readonly ok: true; readonly pair: TokenPair } | OAuthRefusal;

interface CodeGrant {
  readonly expiresAtMs: number;
  readonly challenge: string | undefined;
  used: boolean;
}

interface RefreshGrant {
  readonly expiresAtMs: number;
  state: 'live' | 'used' | 'revoked';
}

const refuseOAuth = (code: number, name: string, description: string): OAuthRefusal => ({
  ok: false,
  code,
  name,
  description,
});

/** `code_challenge` of a verifier: base64url without padding of its raw SHA-256 (RFC 7636). */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/**
 * Codes, access tokens and refresh tokens of one app and one OA. No clock of its own: every call is told the time in ms
 * since the epoch. Sources: vendor SDK for the fields; several independent ones for the lives and the rotation.
 */
export class OAuthState {
  readonly #secret: () => string;
  readonly #codes = new Map<string, CodeGrant>();
  readonly #accessUntilMs = new Map<string, number>();
  readonly #revokedAccess = new Set<string>();
  readonly #refresh = new Map<string, RefreshGrant>();

  /** @param secret makes unguessable strings */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** A code as the consent page hands it to the callback: ten minutes, single use. */
  issueCode(nowMs: number, challenge?: string): string {
    const code = this.#secret();
    this.#codes.set(code, { expiresAtMs: nowMs + CODE_LIFE_MS, challenge, used: false });
    return code;
  }

  /** A fresh pair without a code, like the console's API Explorer. */
  issuePair(nowMs: number): TokenPair {
    const pair = { accessToken: this.#secret(), refreshToken: this.#secret() };
    this.#accessUntilMs.set(pair.accessToken, nowMs + ACCESS_TOKEN_LIFE_MS);
    this.#refresh.set(pair.refreshToken, { expiresAtMs: nowMs + REFRESH_TOKEN_LIFE_MS, state: 'live' });
    return pair;
  }

  /** Code → pair. A wrong, old or used code and a wrong verifier end the same way: new consent is needed. */
  exchangeCode(code: string, verifier: string | undefined, nowMs: number): OAuthResult {
    const grant = this.#codes.get(code);
    if (grant === undefined || grant.used || nowMs >= grant.expiresAtMs) {
      return refuseOAuth(-118, 'Invalid code', 'The authorization code is invalid, expired or used.');
    }
    if (
      grant.challenge !== undefined &&
      (verifier === undefined || challengeOf(verifier) !== grant.challenge)
    ) {
      return refuseOAuth(
        -118,
        'Invalid code verifier',
        'The code verifier does not match the code challenge.',
      );
    }
    grant.used = true;
    return { ok: true, pair: this.issuePair(nowMs) };
  }

  /**
   * Refresh token → pair. The old refresh token dies as the new one is issued, whether or not the answer arrives; using
   * it again gives -118. One that never was, or is older than three months, gives -14014.
   */
  refresh(refreshToken: string, nowMs: number): OAuthResult {
    const grant = this.#refresh.get(refreshToken);
    if (grant?.state === 'used')
      return refuseOAuth(-118, 'Invalid grant', 'The refresh token has already been used.');
    if (grant?.state !== 'live' || nowMs >= grant.expiresAtMs) {
      return refuseOAuth(-14014, 'Invalid refresh token', 'The refresh token is invalid or expired.');
    }
    grant.state = 'used';
    return { ok: true, pair: this.issuePair(nowMs) };
  }

  /** Whether a call may pass: -216 for a token that never was, -220 for an old or revoked one. */
  checkAccess(accessToken: string | undefined, nowMs: number): ZaloResult<'valid'> {
    if (accessToken === undefined || accessToken === '') return refuse(-216);
    const untilMs = this.#accessUntilMs.get(accessToken);
    if (untilMs === undefined) return refuse(-216);
    if (nowMs >= untilMs || this.#revokedAccess.has(accessToken)) return refuse(-220);
    return succeed('valid');
  }

  /** Kills every access token (-220); refresh tokens go on working. */
  revokeAccess(): void {
    for (const token of this.#accessUntilMs.keys()) this.#revokedAccess.add(token);
  }

  /** The OA's admin takes the permission away: every token dies, only new consent helps. */
  revokeAll(): void {
    this.revokeAccess();
    for (const grant of this.#refresh.values()) if (grant.state === 'live') grant.state = 'revoked';
  }
}
