import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import type { z } from 'zod';
import type { PlanProblem } from '#src/domain/plan-post.ts';
import type { Fault, Path } from './references.ts';

/** A parsed YAML text that can say on which line a path of it stands. */
export type YamlSource = {
  readonly data: unknown;
  readonly toProblem: (fault: Fault) => PlanProblem;
};
export type YamlResult =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly problems: PlanProblem[] };

/** Lines of a part are counted from the file's first: front matter begins on line 2. */
export function readYaml(file: string, text: string, linesBefore = 0): YamlResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line) + linesBefore;
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        field: '(yaml)',
        message: error.message.split('\n', 1)[0] ?? error.code,
      })),
    };
  const toProblem = ({ path, message }: Fault): PlanProblem => ({
    file,
    line: lineAt(offsetOf(document, path)),
    field: fieldOf(path),
    message,
  });
  try {
    return { ok: true, source: { data: document.toJS() as unknown, toProblem } };
  } catch (error) {
    // The parser accepts an alias without its anchor, or too many of them, and throws only here.
    const message = error instanceof Error ? error.message : 'cannot be read';
    return {
      ok: false,
      problems: [{ file, line: lineAt(brokenAliasOffset(document)), field: '(yaml)', message }],
    };
  }
}

function brokenAliasOffset(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = startOf(alias) ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** The faults a schema found; of unknown keys one each, so that every one has its own line. */
export function schemaFaults(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...path, key], message: 'unknown key' }))
      : [{ path, message: issue.message }];
  });
}

/** Where the path begins; of a key that is missing, where the thing begins that should hold it. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    const step = stepInto(resolveAlias(node, document), part);
    if (step === undefined) break;
    offset = step.offset ?? offset;
    node = step.node;
  }
  return offset;
}

function stepInto(node: unknown, part: string | number): { offset?: number; node: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
    return pair && withOffset(startOf(pair.key), pair.value);
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    const item = node.items[part];
    return withOffset(startOf(item), item);
  }
  return undefined;
}

const withOffset = (offset: number | undefined, node: unknown): { offset?: number; node: unknown } =>
  offset === undefined ? { node } : { offset, node };

const resolveAlias = (node: unknown, document: Document.Parsed): unknown =>
  isAlias(node) ? node.resolve(document) : node;

const startOf = (node: unknown): number | undefined => (node as Partial<Node> | null)?.range?.[0];

/** `topics[3].owner`; the document itself is `(file)`. */
function fieldOf(path: Path): string {
  const field = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
  return field === '' ? '(file)' : field;
}
