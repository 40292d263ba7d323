import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { failed, passed } from './step.ts';
import type { StepResult } from './step.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Tool {
  /** The script below `node_modules`. */
  readonly script: string;
  readonly args: readonly string[];
  /** What a pass says. */
  readonly summary: string;
}

/** Runs a tool of `node_modules` with this node in `folder`. Its own lines are the reasons of a failure. */
export async function runTool(tool: Tool, folder: string = ROOT): Promise<StepResult> {
  const script = join(ROOT, 'node_modules', tool.script);
  const child = spawn(process.execPath, [script, ...tool.args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const lines: string[] = [];
  const keep = (text: string): void => {
    lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
  };
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (texts.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (texts.err += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return passed(tool.summary);
  keep(texts.out);
  keep(texts.err);
  return failed([...lines, `${tool.script} ended with ${String(code)}`]);
}

export const prettier: Tool = {
  script: 'prettier/bin/prettier.cjs',
  args: ['--check', '.'],
  summary: 'every file is formatted',
};

export const eslint: Tool = { script: 'eslint/bin/eslint.js', args: ['.'], summary: 'no finding' };

/** The sandbox's page is a program of its own: it has a browser's globals, and none of node's. */
export const pageTypescript: Tool = {
  script: 'typescript/bin/tsc',
  args: ['--noEmit', '--pretty', 'false', '--project', 'dev/sandbox/page'],
  summary: 'every type of the page fits',
};

export const typescript: Tool = {
  script: 'typescript/bin/tsc',
  // Sound and local: what did not change since the last run is not checked anew.
  args: [
    '--noEmit',
    '--pretty',
    'false',
    '--incremental',
    '--tsBuildInfoFile',
    'node_modules/.cache/tsc.json',
  ],
  summary: 'every type fits',
};
