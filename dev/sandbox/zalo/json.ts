/** A JSON object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object, or undefined. */
export const asFields = (value: unknown): Fields | undefined => (isFields(value) ? value : undefined);

/** The value as an array of objects, or undefined if it is no array or holds anything else. */
export const asFieldsList = (value: unknown): readonly Fields[] | undefined =>
  Array.isArray(value) && value.every(isFields) ? value : undefined;

/** The value as text that is not empty, or undefined. */
export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The value as an array of texts, or undefined. */
export const asTextList = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;

/** A JSON object out of text, or undefined. */
export function parseFields(text: string | null): Fields | undefined {
  if (text === null) return undefined;
  try {
    return asFields(JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
