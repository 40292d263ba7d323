import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startedAt } from './processes.ts';
import { ServicesUnavailable } from './unavailable.ts';

/** One caller's data: its servers' files, the ports they had, and who uses them. */

type ProcessMark = { readonly pid: number; readonly startedAt: string | undefined };
type Notes = { servers?: Record<string, ProcessMark>; ports?: Record<string, number> };

const markOf = (pid: number): ProcessMark => ({ pid, startedAt: startedAt(pid) });
const alive = (mark: ProcessMark | undefined): boolean =>
  mark?.startedAt !== undefined && startedAt(mark.pid) === mark.startedAt;

const temporaryPrefix = 'loa-phuong-services-';

export class DataFolder {
  readonly path: string;
  private readonly temporary: boolean;
  private readonly notesFile: string;
  private notes: Notes;

  private constructor(path: string, temporary: boolean) {
    this.path = path;
    this.temporary = temporary;
    this.notesFile = join(path, 'services.json');
    this.notes = existsSync(this.notesFile)
      ? (JSON.parse(readFileSync(this.notesFile, 'utf8')) as Notes)
      : {};
  }

  /**
   * Takes the folder (a fresh temporary one without `dataDir`) for this process alone. Servers of an owner that was
   * killed are on their way down: waits until they are gone, since two must never write the same files.
   */
  static async take(dataDir: string | undefined): Promise<DataFolder> {
    if (dataDir === undefined) removeAbandoned();
    const path = dataDir === undefined ? mkdtempSync(join(tmpdir(), temporaryPrefix)) : resolve(dataDir);
    mkdirSync(path, { recursive: true });
    takeLock(join(path, 'services.lock'), path);
    const folder = new DataFolder(path, dataDir === undefined);
    await folder.oldServersGone();
    folder.save({ ...folder.notes, servers: {} });
    return folder;
  }

  /** The folder of one server, made when missing. */
  folder(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** The port that `name` had last time (0 = none yet). */
  lastPort(name: string): number {
    return this.notes.ports?.[name] ?? 0;
  }

  /** Remembers a running server, so that a next start can wait for its end and offer the same port. */
  remember(name: string, pid: number, port: number): void {
    this.save({
      ...this.notes,
      servers: { ...this.notes.servers, [name]: markOf(pid) },
      ports: { ...this.notes.ports, [name]: port },
    });
  }

  /** Gives the folder back; a temporary one is removed. */
  release(): void {
    if (this.temporary) rmSync(this.path, { recursive: true, force: true });
    else rmSync(join(this.path, 'services.lock'), { force: true });
  }

  private async oldServersGone(): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (const [name, mark] of Object.entries(this.notes.servers ?? {})) {
      while (alive(mark)) {
        if (performance.now() > deadline) {
          throw new ServicesUnavailable(
            `${this.path} is still used by a ${name} (process ${mark.pid}): stop it or choose another data folder.`,
          );
        }
        await delay(20);
      }
    }
  }

  private save(notes: Notes): void {
    this.notes = notes;
    const part = `${this.notesFile}.part`;
    writeFileSync(part, JSON.stringify(notes));
    renameSync(part, this.notesFile);
  }
}

/** Removes temporary folders whose owner was killed before it could do so. */
function removeAbandoned(): void {
  const candidates = readdirSync(tmpdir()).filter((name) => name.startsWith(temporaryPrefix));
  for (const path of candidates.map((name) => join(tmpdir(), name))) {
    const owner = ownerOf(join(path, 'services.lock'));
    const notes = readNotes(join(path, 'services.json'));
    const inUse = owner === undefined || alive(owner) || Object.values(notes.servers ?? {}).some(alive);
    if (!inUse) rmSync(path, { recursive: true, force: true });
  }
}

function readNotes(file: string): Notes {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Notes) : {};
}

/** A lock file that holds its owner; the link makes taking it atomic, and a dead owner's lock is taken over. */
function takeLock(file: string, path: string): void {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(markOf(process.pid)));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (linked(mine, file)) return;
      const owner = ownerOf(file);
      if (alive(owner)) {
        const who = `process ${owner?.pid ?? 0}`;
        throw new ServicesUnavailable(`${path} is used by ${who}: stop it or choose another data folder.`);
      }
      rmSync(file, { force: true });
    }
    throw new ServicesUnavailable(`${path} is being taken by another process: start again.`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function ownerOf(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return undefined;
  }
}
