import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#src/app/app.ts';
import { listStuck, putBackStuck } from '#src/app/inbound/put-back-stuck.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import type { CaseDraft, Effect } from '#src/domain/conversation/types.ts';
import { createAppWorld, type AppWorld } from './app-world.ts';

const KEY = 'telegram:42';
const MINUTE_MS = 60_000;
const UNIT = 'urban-environment';
const say: Effect = { kind: 'say', text: { key: 'common.sticker' } };
const draft: CaseDraft = {
  text: 'Đèn đường hỏng',
  placeText: 'Tổ 5 Khu 3',
  location: null,
  files: [
    { kind: 'photo', ref: 'kept' },
    { kind: 'voice', ref: 'expired' },
  ],
  phone: null,
  categoryId: 'street-light',
};

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
  world.channel.files.set('kept', { bytes: new Uint8Array([1]), contentType: 'image/jpeg' });
});

/** Runs what waits once every fifteen seconds, as the putting-back timer does; answers how many runs threw. */
async function runFor(ms: number, app: App = world.app): Promise<number> {
  let thrown = 0;
  for (const endMs = world.time.nowMs + ms; world.time.nowMs < endMs; world.time.nowMs += 15_000)
    await runEffects(app, KEY).catch(() => (thrown += 1));
  return thrown;
}

const isPrivate = (words: string): boolean => /Đèn đường|0912345678/u.test(words);

describe('a case whose file cannot be had', () => {
  it('is created, answered and shown to the unit at once; the file is tried again and holds up nothing', async () => {
    await world.join('dung', ['handler'], UNIT);
    const [id = ''] = await world.commit('42', { kind: 'create-case', draft }, say);
    await runEffects(world.app, KEY);
    expect((await world.app.cases.get(id))?.mediaIds).toHaveLength(2);
    expect(world.toldTo('42')).toEqual([
      expect.stringContaining('Phường đã nhận'),
      expect.stringContaining('cảm ơn'),
    ]);
    expect(world.toldTo('dung')).toHaveLength(1);
    expect(await world.waitingOf('42')).toEqual(['create-case']);
    world.channel.files.set('expired', { bytes: new Uint8Array([2]), contentType: 'audio/ogg' });
    await runFor(15_000);
    expect(await world.waitingOf('42')).toEqual([]);
    expect((await world.app.media.get(`${id}.1`))?.bytes).toEqual(new Uint8Array([2]));
    expect(world.toldTo('dung')).toHaveLength(1);
    expect(world.toldTo('42')).toHaveLength(2);
  });

  it('is given up after a while, and the officers are told which case lacks how many', async () => {
    await world.join('dung', ['handler'], UNIT);
    const [id = ''] = await world.commit('42', { kind: 'create-case', draft });
    expect(await runFor(30 * MINUTE_MS)).toBe(0);
    expect(await world.waitingOf('42')).toEqual([]);
    expect(await world.app.media.get(`${id}.0`)).not.toBeNull();
    const missing = world.toldTo('dung').filter((text) => text.includes('không tải được'));
    expect(missing).toEqual([expect.stringMatching(/3-0001.*1 trong 2/su)]);
    expect(world.toldTo('42')).toHaveLength(1);
    expect(world.logged.some(isPrivate)).toBe(false);
  });

  it('is not given up because the clock jumped over a night in which nothing was tried', async () => {
    await world.commit('42', { kind: 'create-case', draft });
    await runEffects(world.app, KEY);
    world.time.nowMs += 12 * 60 * MINUTE_MS;
    await runEffects(world.app, KEY);
    expect(await world.waitingOf('42')).toEqual(['create-case']);
  });
});

describe('an effect that always fails', () => {
  const broken = (): App => ({
    ...world.app,
    cases: { ...world.app.cases, ofResident: () => Promise.reject(new Error('a bug')) },
  });

  it('holds up what stands behind it, in order, for minutes and not for ever', async () => {
    await world.commit('42', { kind: 'list-cases' }, say);
    const app = broken();
    expect(await runFor(2 * MINUTE_MS, app)).toBe(8);
    expect(world.toldTo('42')).toEqual([]);
    await runFor(10 * MINUTE_MS, app);
    expect(await world.waitingOf('42')).toEqual([]);
    expect(world.toldTo('42')).toEqual([
      expect.stringContaining('chưa xong'),
      expect.stringContaining('cảm ơn'),
    ]);
    expect(world.alerts).toEqual([{ kind: 'effectSetAside', params: { id: `${KEY}.1.0` } }]);
  });

  it('runs once more when it was put back, and is set aside again at once if it fails again', async () => {
    const [id = ''] = await world.commit('42', { kind: 'list-cases' });
    await runFor(10 * MINUTE_MS, broken());
    expect(await putBackStuck(world.app, id)).toBe(true);
    await runEffects(broken(), KEY);
    expect(await listStuck(world.app)).toMatchObject([{ id, what: 'list-cases' }]);
    expect(await putBackStuck(world.app, id)).toBe(true);
    await runEffects(world.app, KEY);
    expect(await listStuck(world.app)).toEqual([]);
    expect(world.toldTo('42')).toEqual([
      expect.stringContaining('chưa xong'),
      expect.stringContaining('chưa gửi'),
    ]);
  });

  it('is not given up after many tries within a moment', async () => {
    await world.commit('42', { kind: 'list-cases' });
    const app = broken();
    for (let attempt = 0; attempt < 50; attempt += 1)
      await expect(runEffects(app, KEY)).rejects.toThrow('a bug');
    await runEffects(world.app, KEY);
    expect(world.toldTo('42')).toHaveLength(1);
    expect(world.alerts).toEqual([]);
  });

  it('is not counted while the database is away', async () => {
    await world.commit('42', { kind: 'list-cases' });
    const away = () => Promise.reject(new Error('no database'));
    const app = { ...broken(), conversations: { ...world.app.conversations, effectFailed: away } };
    expect(await runFor(20 * MINUTE_MS, app)).toBeGreaterThan(70);
    expect(await world.waitingOf('42')).toEqual(['list-cases']);
  });
});

describe('effects run a second time', () => {
  it.each<Effect>([
    say,
    { kind: 'show', words: 'bài' },
    { kind: 'create-case', draft: { ...draft, files: [] } },
    { kind: 'list-cases' },
    { kind: 'list-work' },
    { kind: 'list-groups' },
    { kind: 'join-staff', code: 'CODE-1' },
  ])('$kind says nothing twice', async (effect) => {
    await world.join('42', ['handler', 'admin'], UNIT);
    await world.commit('42', effect);
    const forgetful = {
      ...world.app,
      conversations: { ...world.app.conversations, effectDone: () => Promise.resolve() },
    };
    await runEffects(forgetful, KEY);
    const told = world.rows.length;
    expect(told).toBeGreaterThan(0);
    await runEffects(forgetful, KEY);
    await runEffects(world.app, KEY);
    expect(world.rows).toHaveLength(told);
  });
});
