import { randomBytes, randomInt } from 'node:crypto';
import type { Draw, Tokens } from '#src/app/ports/services.ts';

/** No letters that are mistaken for others when read aloud or typed. */
const SPEAKABLE = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

const group = (): string => Array.from({ length: 4 }, () => SPEAKABLE[randomInt(SPEAKABLE.length)]).join('');

/** Randomness of the operating system. */
export const randomTokens: Tokens = {
  next: () => randomBytes(16).toString('base64url'),
  code: () => `${group()}-${group()}`,
};

export const randomDraw: Draw = { below: (count) => randomInt(count) };
