import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealing, SealingError } from '#src/store/sealing.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const sealing = createSealing(key(1));

describe('sealing', () => {
  it('opens what it sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, context) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(sealing.open(sealing.seal(plain, context), context)).toEqual(plain);
      }),
    );
  });

  it('seals the same words differently each time, and shows none of them', () => {
    const words = 'a resident and 0912345678';
    const [one, two] = [sealing.seal(words, 'c'), sealing.seal(words, 'c')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one).includes('0912345678')).toBe(false);
    expect(one.startsWith(`s1.${sealing.keyId}.`)).toBe(true);
  });

  it('names both keys when the key is another one', () => {
    const other = createSealing(key(2));
    expect(other.keyId).not.toBe(sealing.keyId);
    expect(() => other.open(sealing.seal(1, 'cases/c1'), 'cases/c1')).toThrow(
      `cases/c1 was sealed with the key ${sealing.keyId}, but DATA_KEY is the key ${other.keyId}`,
    );
  });

  it('does not open what was changed, moved to another row or never sealed', () => {
    const sealed = sealing.seal({ phone: '1' }, 'cases/c1');
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(() => sealing.open(changed, 'cases/c1')).toThrow(SealingError);
    expect(() => sealing.open(sealed, 'cases/c2')).toThrow(SealingError);
    expect(() => sealing.open('plain', 'cases/c1')).toThrow('holds no sealed text');
    expect(() => sealing.open(`s1.${sealing.keyId}.AAAA`, 'c')).toThrow(SealingError);
  });

  it('refuses a key that is not 32 bytes', () => {
    expect(() => createSealing('')).toThrow('32 bytes');
    expect(() => createSealing(Buffer.alloc(31).toString('base64'))).toThrow('it has 31');
  });

  it('gives a secret one fingerprint per key', () => {
    expect(sealing.fingerprint('code')).toBe(createSealing(key(1)).fingerprint('code'));
    expect(sealing.fingerprint('code')).not.toBe(createSealing(key(2)).fingerprint('code'));
  });
});
