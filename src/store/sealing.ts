import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 's1';

/** Encrypts what is private at rest. A sealed text is `s1.<key id>.<nonce, ciphertext and tag in base64url>`. */
export interface Sealing {
  /** Names the key without telling it: 8 hexadecimal digits. */
  readonly keyId: string;
  /** `context` (collection and id) is bound to the text: a sealed text moved to another row does not open. */
  seal(value: unknown, context: string): string;
  /** Throws `SealingError` when the key is another one or the text was changed. */
  open(sealed: string, context: string): unknown;
  /** A keyed hash, for finding a secret (an invitation code) without storing it. */
  fingerprint(text: string): string;
}

export class SealingError extends Error {
  override readonly name = 'SealingError';
}

/**
 * @param dataKey `DATA_KEY` of the environment: 32 bytes in base64
 * @throws SealingError when it is not
 */
export function createSealing(dataKey: string): Sealing {
  const root = Buffer.from(dataKey, 'base64');
  if (root.length !== KEY_BYTES)
    throw new SealingError(`DATA_KEY must be ${KEY_BYTES} bytes in base64, it has ${root.length}`);
  const sealKey = subKey(root, 'seal');
  const printKey = subKey(root, 'fingerprint');
  const keyId = createHash('sha256').update(subKey(root, 'id')).digest('hex').slice(0, 8);
  return Object.freeze({
    keyId,
    seal: (value: unknown, context: string) =>
      [FORMAT, keyId, encrypt(sealKey, JSON.stringify(value), context)].join('.'),
    open: (sealed: string, context: string) => {
      const [format, usedKeyId, body] = sealed.split('.');
      if (format !== FORMAT || usedKeyId === undefined || body === undefined)
        throw new SealingError(`${context} holds no sealed text`);
      if (usedKeyId !== keyId)
        throw new SealingError(
          `${context} was sealed with the key ${usedKeyId}, but DATA_KEY is the key ${keyId}`,
        );
      return JSON.parse(decrypt(sealKey, body, context)) as unknown;
    },
    fingerprint: (text: string) => createHmac('sha256', printKey).update(text).digest('base64url'),
  });
}

function subKey(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `loa-phuong ${purpose}`, KEY_BYTES));
}

function encrypt(key: Buffer, text: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Buffer, body: string, context: string): string {
  const bytes = Buffer.from(body, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealingError(`${context} does not open: the sealed text was changed or moved`, { cause });
  }
}
