/**
 * Takes one slot in every scope at once, or in none. KEYS: penalties first, then the sliding logs.
 * ARGV: number of penalties, now in microseconds or '' for the clock of Redis, then for each log its limit and window
 * (microseconds). Answers `{waitUs, index}`: 0 when granted, else how long, and which key (from 0) makes us wait longest.
 *
 * A log is a sorted set of the times of the calls in the last window. Numbers go through `%.0f`, as Lua would write them
 * with 14 digits and microseconds have 16.
 */
export const TAKE_SCRIPT = `
local penalties = tonumber(ARGV[1])
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local wait, index = 0, -1
local function longest(candidate, at)
  if candidate > wait then
    wait = candidate
    index = at
  end
end
for i = 1, penalties do
  local untilUs = tonumber(redis.call('GET', KEYS[i]) or '0')
  longest(untilUs - now, i - 1)
end
for i = penalties + 1, #KEYS do
  local at = 3 + (i - penalties - 1) * 2
  local limit, window = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now - window))
  local count = redis.call('ZCARD', KEYS[i])
  if count >= limit then
    local row = redis.call('ZRANGE', KEYS[i], count - limit, count - limit, 'WITHSCORES')
    longest(tonumber(row[2]) + window - now, i - 1)
  end
end
if wait > 0 then return { math.ceil(wait), index } end
local score = string.format('%.0f', now)
for i = penalties + 1, #KEYS do
  local window = tonumber(ARGV[4 + (i - penalties - 1) * 2])
  redis.call('ZADD', KEYS[i], score, score .. '.' .. redis.call('ZCARD', KEYS[i]))
  redis.call('PEXPIRE', KEYS[i], math.ceil(window / 1000) + 1000)
end
return { 0, -1 }
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
