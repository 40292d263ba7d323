/**
 * Loaded before a process's own modules, as the setting `SHIFTED_BY_MS` says: its `Date.now` tells the
 * time of the world that it works on. Otherwise what a command makes due "now" would, at some hours of
 * the day, lie in that world's future or long in its past.
 */
const byMs = Number(process.env['SHIFTED_BY_MS']);
if (!Number.isFinite(byMs)) throw new Error('SHIFTED_BY_MS is not a number');
const realNowMs = Date.now;
Date.now = () => realNowMs() + byMs;
