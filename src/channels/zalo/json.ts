/** What a reviver is told of a primitive: its text as it stood in the source. */
interface SourceContext {
  readonly source?: string;
}

const LONG_INTEGER = /^-?\d+$/;

/** Zalo's ids are longer than 2^53 and sometimes unquoted: as numbers they would be rounded to somebody else's. */
function keepLongIntegers(_key: string, value: unknown, context?: SourceContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && LONG_INTEGER.test(source) ? source : value;
}

/** JSON with integers beyond 2^53 as strings; `undefined` when the text is no JSON. Never throws. */
export function parseZaloJson(raw: string | Uint8Array): unknown {
  try {
    const text = typeof raw === 'string' ? raw : Buffer.from(raw).toString('utf8');
    return JSON.parse(text, keepLongIntegers) as unknown;
  } catch {
    return undefined;
  }
}
