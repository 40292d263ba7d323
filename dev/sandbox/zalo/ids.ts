import { randomBytes } from 'node:crypto';

/** Makes the identifiers of one sandbox, in the platform's shapes. */
export interface IdSource {
  /** 20 hex digits. */
  messageId(): string;
  /** 20 hex digits. */
  groupId(): string;
  attachmentId(): string;
  fileToken(): string;
  assetId(): string;
  secret(): string;
}

/** 19 digits, above 2^53; neighbours differ by one, so a client that parses them as numbers mixes people up. */
export const userIdOf = (personNumber: number): string =>
  (2_468_458_835_296_197_000n + BigInt(personNumber)).toString();

/** What the app (not the OA) calls the same person. */
export const userIdByAppOf = (personNumber: number): string =>
  (552_177_279_717_587_000n + BigInt(personNumber)).toString();

const hex20 = (prefix: string, n: number): string =>
  prefix + n.toString(16).padStart(20 - prefix.length, '0');

/** Counted identifiers, so that a failing test reads the same twice; secrets alone are random. */
export function createIdSource(): IdSource {
  let messages = 0;
  let groups = 0;
  let uploads = 0;
  let assets = 0;
  return {
    messageId: () => hex20('c6792f94', ++messages),
    groupId: () => hex20('f414c8f7', ++groups),
    attachmentId: () =>
      `wESbL53O_${String(++uploads).padStart(6, '0')}${randomBytes(9).toString('base64url')}`,
    fileToken: () => `tok_${String(++uploads).padStart(6, '0')}${randomBytes(24).toString('base64url')}`,
    assetId: () => hex20('326e977e', ++assets),
    secret: () => randomBytes(48).toString('base64url'),
  };
}
