import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { idSchema } from './ids.ts';
import { parseZaloJson } from './json.ts';

export const ZALO_SIGNATURE_HEADER = 'x-zevent-signature';
export const ZALO_TIMESTAMP_HEADER = 'x-zevent-timestamp';

export interface SignedRequest {
  /** The bytes as they came: never parse and write them again. */
  readonly raw: Uint8Array;
  /** `X-ZEvent-Signature`, with or without `mac=`. */
  readonly signature: string | undefined;
  /** `X-ZEvent-Timestamp`, used when the body's own timestamp does not fit. */
  readonly timestamp: string | undefined;
}

const bodySchema = z.object({ timestamp: idSchema });

function macOf(appId: string, raw: Uint8Array, timestamp: string, secret: string): Buffer {
  return createHash('sha256').update(appId).update(raw).update(timestamp).update(secret).digest();
}

/**
 * Whether a webhook comes from Zalo: `sha256(app id + raw body + timestamp + OA secret key)`, plain SHA-256 and no HMAC (vendor
 * SDK, `MacUtils.buildMac`). Compared in constant time.
 * @param keys `oaSecret` is the OA secret key of the console's webhook page, not the app secret of OAuth
 */
export function isZaloSignature(
  request: SignedRequest,
  keys: { readonly appId: string; readonly oaSecret: string },
): boolean {
  const hex = /^(?:mac=)?([0-9a-f]{64})$/i.exec(request.signature?.trim() ?? '')?.[1];
  if (hex === undefined || keys.oaSecret === '') return false;
  const mac = Buffer.from(hex, 'hex');
  const body = bodySchema.safeParse(parseZaloJson(request.raw));
  const timestamps = [body.success ? body.data.timestamp : undefined, request.timestamp];
  return timestamps.some(
    (timestamp) =>
      timestamp !== undefined &&
      timingSafeEqual(mac, macOf(keys.appId, request.raw, timestamp, keys.oaSecret)),
  );
}
