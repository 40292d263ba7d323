import { createHash } from 'node:crypto';

/**
 * The MAC of a webhook: a plain SHA-256 (not an HMAC) over app id, raw body, timestamp and OA secret key, one after the
 * other, as lower-case hex. Rule: `MacUtils.buildMac` of the vendor's Java SDK.
 * @param timestamp the text of the body's own `timestamp` field
 * @param oaSecretKey the key on the webhook page; it is another key than the app secret of OAuth
 */
export function zaloMac(appId: string, rawBody: string, timestamp: string, oaSecretKey: string): string {
  return createHash('sha256')
    .update(appId + rawBody + timestamp + oaSecretKey, 'utf8')
    .digest('hex');
}

/** The value of `X-ZEvent-Signature` for one delivery. */
export const signatureHeader = (mac: string): string => `mac=${mac}`;
