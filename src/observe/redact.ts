/** What stands for something that must not be logged. */
const REMOVED = '[removed]';

/** `123456789:AA…`, wherever it stands; the id before the colon is public, the rest is the key to the bot. */
const BOT_TOKEN = /\d{6,12}(?::|%3A)[A-Za-z0-9_-]{20,}/gi;
/** Vietnamese numbers, with the country code or the leading zero, also grouped: 0903 123 456, +84 (28) 3823 0000. */
const PHONE = /(?<![\w-])(?:\+?84|0)[\s.()-]*[2-9](?:[\s.()-]*\d){8,9}(?!\d)/g;
/** Citizen identity card numbers have twelve digits. */
const CITIZEN_ID = /(?<![\w:-])0\d{11}(?!\d)/g;
/** Values of query parameters, headers and JSON fields that hold keys. */
const KEY_VALUE =
  /((?:access_token|refresh_token|secret_key|secret_token|app_secret|authorization|password)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi;
/** `user:password@` of connection strings. */
const URL_CREDENTIALS = /(\w+:\/\/)[^/\s@]+@/g;

/** Takes tokens, keys, phone numbers and identity numbers out of a text. */
export function scrub(text: string): string {
  return text
    .replaceAll(BOT_TOKEN, REMOVED)
    .replaceAll(KEY_VALUE, `$1${REMOVED}`)
    .replaceAll(URL_CREDENTIALS, `$1${REMOVED}@`)
    .replaceAll(CITIZEN_ID, REMOVED)
    .replaceAll(PHONE, REMOVED);
}

/** Fields that hold words or keys of people, whatever is in them. */
const FORBIDDEN_KEYS =
  /^(text|caption|name|first_?name|last_?name|display_?name|sender_?name|title|phone|phone_?number|address|body|raw|payload|words|quote|quoted|label|message|answers?|draft|summary|email|.*(token|secret|password|authorization))$/i;

/** Fields whose values may be a short phrase of ours; every other text must look like an id. */
const PHRASE_KEYS = /^(reason|detail|why|rule|hint)$/;

const ID_LIKE = /^[\w.:/#@+=,*~!-]{0,160}$/;
const PHRASE = /^[\w .:;,'()/#-]{0,120}$/;

const MAX_DEPTH = 4;
const MAX_ITEMS = 20;

function textField(key: string, value: string): string {
  const isFit = ID_LIKE.test(value) || (PHRASE_KEYS.test(key) && PHRASE.test(value));
  return isFit ? scrub(value) : REMOVED;
}

function objectField(value: object, depth: number): unknown {
  if (depth >= MAX_DEPTH) return REMOVED;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item: unknown) => safeField('', item, depth + 1));
  }
  return safeFields(value as Readonly<Record<string, unknown>>, depth + 1);
}

function safeField(key: string, value: unknown, depth: number): unknown {
  if (value instanceof Error) return safeError(value);
  if (FORBIDDEN_KEYS.test(key) && value !== null && typeof value !== 'boolean') return REMOVED;
  switch (typeof value) {
    case 'string':
      return textField(key, value);
    case 'object':
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      return value === null ? null : objectField(value, depth);
    case 'bigint':
      return String(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'function':
    case 'symbol':
      return REMOVED;
  }
}

/** The fields of a log line, with ids, numbers and codes kept and everything that may be words of people removed. */
export function safeFields(fields: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, 50);
  return Object.fromEntries(entries.map(([key, value]) => [key, safeField(key, value, depth)]));
}

interface SafeError {
  readonly name: string;
  readonly code?: string | number;
  /** Only for errors whose message is ours, or one of the engine's that hold no data. */
  readonly message?: string;
  readonly stack?: readonly string[];
  readonly cause?: SafeError;
}

/** Messages of the engine about code, not about data. Others may quote what they stumbled over. */
const ENGINE_MESSAGES = [
  /^Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null)(?: \((?:reading|setting) '[\w$]{1,40}'\))?$/,
  /^[\w$.]{1,80} is not (?:a function|defined|iterable|a constructor)$/,
  /^fetch failed$/,
];

const NAME = /^[A-Za-z][A-Za-z0-9]{0,60}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const FRAME = /^\s+at [^\n]{1,300}(?::\d+:\d+\)?|\(<anonymous>\)|\(native\))$/;
const MAX_FRAMES = 12;
const MAX_CAUSES = 3;

const field = (error: Error, name: string): unknown => {
  try {
    return Reflect.get(error, name) as unknown;
  } catch {
    return undefined;
  }
};

function messageOf(error: Error): string | undefined {
  const own = field(error, 'safeMessage');
  if (typeof own === 'string') return scrub(own).slice(0, 200);
  const isEngine = ENGINE_MESSAGES.some((pattern) => pattern.test(error.message));
  return isEngine ? error.message : undefined;
}

/** The frames alone: what stands before them repeats the message, which may itself imitate a frame. */
function framesOf(error: Error): readonly string[] {
  const stack = field(error, 'stack');
  if (typeof stack !== 'string') return [];
  const at = error.message === '' ? 0 : stack.indexOf(error.message);
  // A stack that does not hold its message was made by hand, or the message was changed later: not to be trusted.
  if (at < 0) return [];
  const lines = stack.slice(at + error.message.length).split('\n');
  return lines
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => scrub(line.trim()));
}

function codeOf(error: Error): string | number | undefined {
  const code = field(error, 'code');
  if (typeof code === 'number') return code;
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}

/** An error without its words: name, code, frames, and the message only where it is ours (`safeMessage`). */
function safeError(error: Error, depth = 0): SafeError {
  const code = codeOf(error);
  const message = messageOf(error);
  const stack = framesOf(error);
  const cause = field(error, 'cause');
  return {
    name: NAME.test(error.name) ? error.name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(stack.length === 0 ? {} : { stack }),
    ...(cause instanceof Error && depth < MAX_CAUSES ? { cause: safeError(cause, depth + 1) } : {}),
  };
}
