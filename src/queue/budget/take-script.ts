/**
 * Reserves one slot in every scope at once, or in none: the earliest moment that all allow, if it lies near enough.
 * KEYS: two penalties (bot, chat), the pace, then the sliding logs. ARGV: now in microseconds or '' for the clock of Redis;
 * how far ahead may be reserved; the pace: quick spacing, slow spacing, widest gap (0: no pace); whether this caller keeps to
 * it; the name of the slot; then for each log its limit and window. All times are microseconds.
 * Answers `{0, inUs, count, atUs}` when reserved (`count` calls in the first log), else `{waitUs, index}`: when to ask
 * again, and which key (from 0) makes us wait longest.
 *
 * A log is a sorted set of the times of the calls in the last window, those to come included. Numbers go through `%.0f`,
 * as Lua would write them with 14 digits and microseconds have 16.
 */
export const TAKE_SCRIPT = `
local now, ahead = tonumber(ARGV[1]), tonumber(ARGV[2])
local quick, slow, gap, paced, name = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6] == '1', ARGV[7]
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local at, index = now, -1
local function notBefore(candidate, key)
  if candidate > at then
    at = candidate
    index = key
  end
end
for i = 1, 2 do notBefore(tonumber(redis.call('GET', KEYS[i]) or '0'), i - 1) end
local counts = {}
for i = 4, #KEYS do
  local limit, window = tonumber(ARGV[8 + (i - 4) * 2]), tonumber(ARGV[9 + (i - 4) * 2])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now - window))
  local count = redis.call('ZCARD', KEYS[i])
  counts[i] = count
  if count >= limit then
    local row = redis.call('ZRANGE', KEYS[i], count - limit, count - limit, 'WITHSCORES')
    notBefore(tonumber(row[2]) + window, i - 1)
  end
end
local last = tonumber(redis.call('GET', KEYS[3]) or '0')
local left = tonumber(ARGV[8]) - counts[4] - 1
-- A call leaves enough for one each spacing until used ones come free.
if paced and slow > 0 then
  if left >= 0 then notBefore(last + quick, 2) end
  local spacing, used = left < 0 and gap or slow, redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES')
  for n = math.max(1, -left), counts[4] do
    notBefore(tonumber(used[n * 2]) + tonumber(ARGV[9]) - (left + n) * spacing, 2)
  end
end
if at - now > ahead then return { math.ceil(at - now - ahead), index } end
local score = string.format('%.0f', at)
for i = 4, #KEYS do
  redis.call('ZADD', KEYS[i], score, name)
  redis.call('PEXPIRE', KEYS[i], math.ceil((tonumber(ARGV[9 + (i - 4) * 2]) + at - now) / 1000) + 1000)
end
if slow > 0 then redis.call('SET', KEYS[3], string.format('%.0f', math.max(last, at)), 'PX', 60000) end
return { 0, at - now, counts[4], score }
`;

/** KEYS[1]: the penalty; ARGV: milliseconds, now in microseconds or ''. A longer penalty is never shortened. */
export const PENALISE_SCRIPT = `
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local untilUs = now + tonumber(ARGV[1]) * 1000
if untilUs > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', untilUs), 'PX', ARGV[1])
end
return 1
`;
