import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One more gateway in front of the database whose data lie in `dataDir`, in a process that may be killed. */
export interface OwnGateway {
  readonly uri: string;
  /** `kill -9`; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** On the same port. */
  readonly start: () => Promise<void>;
}

export async function startOwnGateway(dataDir: string): Promise<OwnGateway> {
  const postgresPort = portOfPostgres(dataDir);
  let { child, port } = await launch(0, postgresPort);
  return {
    uri: `mongodb://127.0.0.1:${String(port)}/`,
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async start() {
      ({ child, port } = await launch(port, postgresPort));
    },
  };
}

async function launch(port: number, postgresPort: number): Promise<{ child: ChildProcess; port: number }> {
  const script = fileURLToPath(new URL('./gateway-child.ts', import.meta.url));
  const child = fork(script, [String(port), String(postgresPort)], { execArgv: [] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the gateway ended at its start');
  });
  ended.catch(() => undefined);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
  return { child, port: answer.port };
}

/** @throws where the database is another one than PostgreSQL and has no gateway */
function portOfPostgres(dataDir: string): number {
  const notes = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as {
    readonly ports?: Readonly<Record<string, number>>;
  };
  const port = notes.ports?.['postgres'];
  if (port === undefined) throw new Error('this database has no gateway');
  return port;
}
