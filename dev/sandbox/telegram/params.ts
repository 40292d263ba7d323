import { z } from 'zod';
import type { UploadedFile } from '../core/multipart.ts';
import { trimText, withDetected } from './entities.ts';
import { parseHtml } from './html.ts';
import { badRequest, type Checked, value } from './results.ts';
import type { WireEntity } from './wire.ts';

/** The parameters of one call, however they came: typed from JSON, or as strings from a form. */
export class Params {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #files: ReadonlyMap<string, UploadedFile>;

  constructor(
    fields: Readonly<Record<string, unknown>>,
    files: ReadonlyMap<string, UploadedFile> = new Map(),
  ) {
    this.#fields = fields;
    this.#files = files;
  }

  /** Undefined when it is missing or neither a string nor a number. */
  text(name: string): string | undefined {
    const given = this.#fields[name];
    if (typeof given === 'string') return given;
    return typeof given === 'number' ? String(given) : undefined;
  }

  int(name: string): number | undefined {
    const given = this.text(name);
    return given !== undefined && /^-?\d+$/.test(given.trim()) ? Number(given) : undefined;
  }

  flag(name: string): boolean {
    const given = this.#fields[name];
    return given === true || given === 'true' || given === '1' || given === 1;
  }

  /** A value that forms carry as JSON in a string. Undefined when missing or not of that shape. */
  json<T>(name: string, shape: z.ZodType<T>): T | undefined {
    const given = this.#fields[name];
    if (given === undefined) return undefined;
    const parsed = shape.safeParse(typeof given === 'string' ? parseJson(given) : given);
    return parsed.success ? parsed.data : undefined;
  }

  has(name: string): boolean {
    const given = this.#fields[name];
    return given !== undefined && given !== null && given !== '';
  }

  file(name: string): UploadedFile | undefined {
    return this.#files.get(name);
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const entityShape = z.array(
  z.object({
    type: z.string(),
    offset: z.number().int().nonnegative(),
    length: z.number().int().positive(),
    url: z.string().optional(),
    language: z.string().optional(),
    custom_emoji_id: z.string().optional(),
  }),
);

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly WireEntity[];
}

/** Text as the platform would show it: the markup read, blanks at the ends dropped. */
export const formatText = (
  raw: string,
  parseMode: string | undefined,
  given: readonly WireEntity[] | undefined,
): Checked<FormattedText> => {
  if (parseMode === undefined || parseMode === '') {
    const trimmed = trimText(raw, given ?? []);
    return value({ text: trimmed.text, entities: withDetected(trimmed.text, trimmed.entities) });
  }
  if (parseMode.toLowerCase() !== 'html') return badRequest('unsupported parse_mode');
  const parsed = parseHtml(raw);
  if (!parsed.ok) return badRequest(parsed.detail);
  const trimmed = trimText(parsed.text, parsed.entities);
  return value({ text: trimmed.text, entities: withDetected(trimmed.text, trimmed.entities) });
};

/** The `text` of a call: 1 to 4096 characters after the markup is read. */
export const readText = (params: Params): Checked<FormattedText> => {
  const formatted = formatText(
    params.text('text') ?? '',
    params.text('parse_mode'),
    params.json('entities', entityShape),
  );
  if (!formatted.ok) return formatted;
  if (formatted.value.text === '') return badRequest('message text is empty');
  if (formatted.value.text.length > 4_096) return badRequest('message is too long');
  return formatted;
};

/** The `caption` of a call: at most 1024 characters after the markup is read; undefined when there is none. */
export const readCaption = (params: Params): Checked<FormattedText | undefined> => {
  const raw = params.text('caption');
  if (raw === undefined || raw === '') return value(undefined);
  const formatted = formatText(raw, params.text('parse_mode'), params.json('caption_entities', entityShape));
  if (!formatted.ok) return formatted;
  if (formatted.value.text.length > 1_024) return badRequest('message caption is too long');
  return formatted;
};

/** The same for a caption inside of an album. */
export const checkCaption = (
  raw: string | undefined,
  parseMode: string | undefined,
  entities: readonly WireEntity[] | undefined,
): Checked<FormattedText | undefined> =>
  readCaption(new Params({ caption: raw, parse_mode: parseMode, caption_entities: entities }));
