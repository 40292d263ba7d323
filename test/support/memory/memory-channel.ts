import type { ChannelHealthStore, ZaloTokens, ZaloTokenStore } from '#src/app/ports/health.ts';
import type { CarriedWords, CarriedWordsStore } from '#src/app/ports/stores.ts';

const FAILURES_TO_PAUSE = 5;

export function memoryZaloTokens(): ZaloTokenStore {
  let stored: ZaloTokens | null = null;
  let claim = { token: '', untilMs: 0 };
  let seed: string | null = null;
  return {
    load: () => Promise.resolve(stored),
    takeOver: (refreshToken) => {
      if (seed === refreshToken) return Promise.resolve(false);
      seed = refreshToken;
      const generation = (stored?.generation ?? -1) + 1;
      stored = Object.freeze({ accessToken: '', refreshToken, expiresAtMs: 0, generation, state: 'good' });
      claim = { token: '', untilMs: 0 };
      return Promise.resolve(true);
    },
    claimRefresh: (generation, untilMs, nowMs, token) => {
      if (stored?.generation !== generation || stored.state !== 'good') return Promise.resolve(false);
      if (claim.untilMs > nowMs && claim.token !== token) return Promise.resolve(false);
      claim = { token, untilMs };
      return Promise.resolve(true);
    },
    save: (tokens) => {
      if (stored && stored.generation >= tokens.generation) {
        const same = stored.generation === tokens.generation && stored.refreshToken === tokens.refreshToken;
        return same
          ? Promise.resolve()
          : Promise.reject(new Error(`Zalo tokens of generation ${tokens.generation} come too late`));
      }
      stored = Object.freeze({ ...tokens });
      claim = { token: '', untilMs: 0 };
      return Promise.resolve();
    },
    markUncertain: (generation) => {
      if (stored?.generation === generation) stored = Object.freeze({ ...stored, state: 'uncertain' });
      return Promise.resolve();
    },
  };
}

export function memoryCarriedWords(): CarriedWordsStore {
  const rows = new Map<string, CarriedWords & { senderKey: string; expiresAtMs: number }>();
  const answer = (row: CarriedWords | undefined): Promise<CarriedWords | null> =>
    Promise.resolve(row ? { token: row.token, words: row.words } : null);
  return {
    put: (token, words, chat, senderId, expiresAtMs) => {
      if (!rows.has(token))
        rows.set(token, { token, words, senderKey: `${chat.platform}:${senderId}`, expiresAtMs });
      return Promise.resolve();
    },
    find: (token, nowMs) => {
      const row = rows.get(token);
      return answer(row && row.expiresAtMs > nowMs ? row : undefined);
    },
    findOfSender: (platform, senderId, nowMs) =>
      answer(
        [...rows.values()]
          .filter((row) => row.senderKey === `${platform}:${senderId}` && row.expiresAtMs > nowMs)
          .sort((a, b) => b.expiresAtMs - a.expiresAtMs)[0],
      ),
    forget: (token) => {
      rows.delete(token);
      return Promise.resolve();
    },
  };
}

export function memoryChannelHealth(): ChannelHealthStore {
  const failures = new Map<string, number>();
  const paused = new Set<string>();
  const penalties = new Map<string, { platform: string; chatId: string | null; untilMs: number }>();
  return {
    penalise: (platform, chatId, untilMs) => {
      const key = JSON.stringify([platform, chatId]);
      const before = penalties.get(key)?.untilMs ?? 0;
      penalties.set(key, { platform, chatId, untilMs: Math.max(before, untilMs) });
      return Promise.resolve();
    },
    penalties: (platform, nowMs) =>
      Promise.resolve(
        [...penalties.values()]
          .filter((row) => row.platform === platform && row.untilMs > nowMs)
          .map(({ chatId, untilMs }) => ({ chatId, untilMs })),
      ),
    configurationError: (platform) => {
      const count = (failures.get(platform) ?? 0) + 1;
      failures.set(platform, count);
      if (count < FAILURES_TO_PAUSE || paused.has(platform)) return Promise.resolve('counted');
      paused.add(platform);
      return Promise.resolve('paused');
    },
    succeeded: (platform) => Promise.resolve(void failures.delete(platform)),
    isPaused: (platform) => Promise.resolve(paused.has(platform)),
    resume: (platform) => {
      failures.delete(platform);
      return Promise.resolve(void paused.delete(platform));
    },
  };
}
