import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextUse } from './text-uses.ts';

/** Full key (`report.part.photos`) → text. */
export type Texts = ReadonlyMap<string, string>;

/** i18next's endings for counts: Vietnamese needs only `other`, English `one` too. */
const COUNT_ENDING = /_(zero|one|two|few|many|other)$/u;

/**
 * Prefixes of keys that code builds and that are a whole namespace, so that the source alone cannot tell them from an id
 * of the same shape. A deeper built prefix (`report.state.`) is found by itself.
 */
const BUILT_NAMESPACES: readonly string[] = ['alert.', 'form.'];

/** How a person is spoken to. Vietnamese cannot do without; English may leave it out. */
const FORMS_OF_ADDRESS: readonly string[] = ['address', 'you'];

/** Reads `<folder>/<language>/<namespace>.json`. Throws where there is no text at all. */
export function readTexts(folder: string, language: string): Texts {
  const texts = new Map<string, string>();
  for (const name of readdirSync(join(folder, language)).filter((one) => one.endsWith('.json'))) {
    const content: unknown = JSON.parse(readFileSync(join(folder, language, name), 'utf8'));
    flatten(name.slice(0, -'.json'.length), content, texts);
  }
  if (texts.size === 0) throw new Error(`${language} has no text`);
  return texts;
}

function flatten(path: string, content: unknown, into: Map<string, string>): void {
  if (typeof content === 'string') into.set(path, content);
  else if (typeof content === 'object' && content !== null) {
    for (const [name, value] of Object.entries(content)) flatten(`${path}.${name}`, value, into);
  } else throw new Error(`${path} is no text`);
}

/**
 * What one language has and the other lacks, keys and `{{parameters}}`, both ways, one line each. The second language may
 * leave out a form of address; a parameter of its own it may not have, since a person would see the braces.
 */
export function languageProblems(first: string, one: Texts, second: string, other: Texts): readonly string[] {
  return [
    ...lacking(first, one, second, other),
    ...lacking(second, other, first, one),
    ...differing(one, other),
  ];
}

function lacking(name: string, texts: Texts, otherName: string, other: Texts): readonly string[] {
  const there = baseKeys(other);
  return [...baseKeys(texts)]
    .filter((key) => !there.has(key))
    .map((key) => `${key}: in ${name}, not in ${otherName}`);
}

function differing(one: Texts, other: Texts): readonly string[] {
  const problems: string[] = [];
  const inOther = parametersByKey(other);
  for (const [key, names] of parametersByKey(one)) {
    const others = inOther.get(key);
    if (!others) continue;
    const lost = [...names].some((name) => !others.has(name) && !FORMS_OF_ADDRESS.includes(name));
    const added = [...others].some((name) => !names.has(name));
    if (lost || added)
      problems.push(`${key}: parameters differ (${listOf(names)} against ${listOf(others)})`);
  }
  return problems;
}

function listOf(names: ReadonlySet<string>): string {
  return names.size === 0 ? 'none' : [...names].sort().join(', ');
}

/** Over all endings of a key together: "one photo" may leave its count out. */
function parametersByKey(texts: Texts): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of texts) {
    const names = found.get(baseKey(key)) ?? new Set<string>();
    for (const match of text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/gu)) names.add(match[1] ?? '');
    found.set(baseKey(key), names);
  }
  return found;
}

function baseKey(key: string): string {
  return key.replace(COUNT_ENDING, '');
}

function baseKeys(texts: Texts): ReadonlySet<string> {
  return new Set([...texts.keys()].map(baseKey));
}

/** Keys that the source names and no text has, and texts that the source never names, one line each. */
export function useProblems(
  texts: Texts,
  uses: readonly TextUse[],
  builtNamespaces: readonly string[] = BUILT_NAMESPACES,
): readonly string[] {
  const keys = baseKeys(texts);
  const groups = groupsOf(keys);
  const built = new Set(builtNamespaces);
  const named = new Set<string>();
  const problems: string[] = [];
  for (const use of uses) {
    if (use.kind === 'key') {
      named.add(use.text);
      if (!keys.has(use.text)) problems.push(`${use.where}: no text ${use.text}`);
    } else if (groups.has(use.text)) built.add(use.text);
    else if (use.certain && !built.has(use.text)) problems.push(`${use.where}: no texts under ${use.text}`);
  }
  for (const prefix of builtNamespaces.filter((one) => ![...keys].some((key) => key.startsWith(one)))) {
    problems.push(`${prefix} is listed as built and has no text`);
  }
  for (const key of keys) {
    if (!named.has(key) && ![...built].some((prefix) => key.startsWith(prefix)))
      problems.push(`${key}: never used`);
  }
  return problems;
}

/** `report.`, `report.state.` … without the bare namespaces, which look like any id. */
function groupsOf(keys: ReadonlySet<string>): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const key of keys) {
    const parts = key.split('.');
    for (let length = 2; length < parts.length; length += 1)
      groups.add(`${parts.slice(0, length).join('.')}.`);
  }
  return groups;
}
