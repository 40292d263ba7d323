import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A key of `locales/` in the source, whole or as the beginning of one that is put together. */
export interface TextUse {
  readonly kind: 'key' | 'prefix';
  readonly text: string;
  /** `path:line`. */
  readonly where: string;
  /** Surely meant as a text: it is the `key` of a TextRef. Ids may begin like a key without being one. */
  readonly certain: boolean;
}

/** A key of some namespace, perhaps of one that is not there. */
const DOTTED = /^[a-z][\w-]*(\.[\w-]+)+$/u;

/** All uses in the TypeScript files of `folders` below `root`. Throws where there is no file to read. */
export function readTextUses(
  root: string,
  folders: readonly string[],
  namespaces: readonly string[],
): readonly TextUse[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  if (files.length === 0) throw new Error('no source file was read');
  return files.flatMap((path) => textUses(path, readFileSync(join(root, path), 'utf8'), namespaces));
}

/**
 * The uses in one source text. A literal counts by its shape (`<namespace>.word.word`), wherever it stands, since keys
 * are also handed on as plain strings; as the `key` of a TextRef it counts under a namespace that is not there, too.
 */
export function textUses(path: string, source: string, namespaces: readonly string[]): readonly TextUse[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const shape = new RegExp(`^(${namespaces.join('|')})\\.[\\w-]+(\\.[\\w-]+)*$`, 'u');
  const beginning = new RegExp(`^(${namespaces.join('|')})\\.([\\w-]+\\.)*$`, 'u');
  const uses: TextUse[] = [];
  const add = (node: ts.Node, kind: TextUse['kind'], text: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    uses.push({ kind, text, where: `${path}:${String(line + 1)}`, certain: isKeyOfText(node) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !isModuleName(node)) {
      const isKey = shape.test(node.text) || (DOTTED.test(node.text) && isKeyOfText(node));
      if (isKey) add(node, 'key', node.text);
    }
    if (ts.isTemplateExpression(node) && beginning.test(node.head.text)) add(node, 'prefix', node.head.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

function isModuleName(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
}

/** `key: …`, also behind a condition. */
function isKeyOfText(node: ts.Node): boolean {
  let at = node.parent;
  while (ts.isConditionalExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent;
  return ts.isPropertyAssignment(at) && at.name.getText() === 'key';
}
