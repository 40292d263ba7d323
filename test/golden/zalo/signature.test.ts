import { describe, expect, it } from 'vitest';
import { isZaloSignature } from '#src/channels/zalo/signature.ts';

const KEYS = { appId: '360846524940903967', oaSecret: 'test_oa_secret_key' };

const PRIVATE_BODY =
  '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"message","msg_id":"96d3cdf3af150460909"},"timestamp":"1544608053474"}';
const PRIVATE_MAC = '5d9e0e1a7d27e2fee1d0c4c01c55077a2f47af90cf8b56d633b8c60a42ce3327';

const GROUP_BODY =
  '{"event_name":"user_send_group_text","app_id":"360846524940903967","oa_id":"388613280878808645","sender":{"id":"246845883529197922"},"recipient":{"id":"f414c8f76fa586fbdfb4"},"message":{"text":"Đường số 13 ngập","msg_id":"6d3771b5c7f5d0a889e7"},"timestamp":"1764000000000"}';
const GROUP_MAC = '5b7663a08e655d6a4f5e850570c1aed3b60649e7f79f746ac57cbdffb0b67961';

/** The private body without its timestamp, signed with the one of the header. */
const HEADER_BODY = '{"event_name":"follow"}';
const HEADER_MAC = '059b2b90b09513e6f4529827b17279b494a48a9f72f2f31c3a4a355dea42d6db';

const check = (raw: string, signature: string | undefined, timestamp?: string, keys = KEYS): boolean =>
  isZaloSignature({ raw: Buffer.from(raw), signature, timestamp }, keys);

describe('zalo signatures', () => {
  it.each([
    ['private', PRIVATE_BODY, PRIVATE_MAC],
    ['group', GROUP_BODY, GROUP_MAC],
  ])('fit the known vector, with or without "mac=": %s', (_label, body, mac) => {
    expect(check(body, `mac=${mac}`)).toBe(true);
    expect(check(body, mac)).toBe(true);
    expect(check(body, mac.toUpperCase())).toBe(true);
  });

  it('fall back to the timestamp of the header', () => {
    expect(check(HEADER_BODY, `mac=${HEADER_MAC}`, '1764000000001')).toBe(true);
    expect(check(HEADER_BODY, `mac=${HEADER_MAC}`)).toBe(false);
  });

  it('refuse a changed byte, another secret, another app, a short or missing mac and an empty secret', () => {
    expect(check(`${PRIVATE_BODY} `, PRIVATE_MAC)).toBe(false);
    expect(check(PRIVATE_BODY, PRIVATE_MAC, undefined, { ...KEYS, oaSecret: 'other' })).toBe(false);
    expect(check(PRIVATE_BODY, PRIVATE_MAC, undefined, { ...KEYS, appId: '1' })).toBe(false);
    expect(check(PRIVATE_BODY, PRIVATE_MAC.slice(2))).toBe(false);
    expect(check(PRIVATE_BODY, undefined)).toBe(false);
    expect(check('', '')).toBe(false);
    expect(check(PRIVATE_BODY, PRIVATE_MAC, undefined, { ...KEYS, oaSecret: '' })).toBe(false);
  });
});
