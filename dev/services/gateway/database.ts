import pg from 'pg';
import { CommandError, nameOfSqlState } from './errors.ts';

/** One SQL call of the engine: the text is fixed, so each connection prepares it once. */
export type Sql = { readonly name: string; readonly text: string };

/** The connection broke while a statement was under way: nobody knows whether it was carried out. */
export class ConnectionLost extends Error {}

/** PostgreSQL's error as the gateway needs it. */
export class EngineError extends CommandError {
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor(sqlState: string, message: string, constraint: string | undefined) {
    super(nameOfSqlState(sqlState), message);
    this.sqlState = sqlState;
    this.constraint = constraint;
  }
}

type Row = Record<string, unknown>;

const serverGoesDown = new Set(['57P01', '57P02', '57P03']);
/** Any number that nobody else uses: the lock around changes of structure. */
const structureLockKey = 715_001;

/** The pool of connections to PostgreSQL; every command of the gateway is one call through it. */
export class Database {
  private readonly pool: pg.Pool;
  private structureTail: Promise<unknown> = Promise.resolve();

  constructor(port: number, connections: number) {
    this.pool = new pg.Pool({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      database: 'postgres',
      max: connections,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 30_000,
    });
    // A connection that breaks fails its own statement, and an idle one is replaced at the next use.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => void client.on('error', () => undefined));
  }

  /** Runs one call. `maxTimeMs` > 0 cancels it after that time (MaxTimeMSExpired). */
  async call(sql: Sql, values: readonly unknown[], maxTimeMs = 0): Promise<Row> {
    const client = await this.connect();
    try {
      if (maxTimeMs > 0) await client.query(`SET statement_timeout = ${Math.ceil(maxTimeMs)}`);
      try {
        const result = await client.query<Row>({ ...sql, values: [...values] });
        return result.rows[0] ?? {};
      } finally {
        if (maxTimeMs > 0) await client.query('RESET statement_timeout');
      }
    } catch (error) {
      throw translated(error);
    } finally {
      client.release();
    }
  }

  /**
   * Runs `change` alone: two clients that build indexes at once deadlock in the engine. The queue in this process keeps
   * waiting changes from holding connections; the advisory lock holds off other gateways of the same PostgreSQL.
   */
  async exclusively<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.structureTail.then(() => this.locked(change));
    this.structureTail = turn.catch(() => undefined);
    return await turn;
  }

  private async locked<T>(change: () => Promise<T>): Promise<T> {
    const client = await this.connect();
    let broken = false;
    try {
      await client.query('SELECT pg_advisory_lock($1)', [structureLockKey]);
      return await change();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [structureLockKey]).catch(() => (broken = true));
      client.release(broken);
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect();
    } catch {
      throw new CommandError('ShutdownInProgress', 'PostgreSQL is not running');
    }
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    await this.pool.end().catch(() => undefined);
  }
}

function translated(error: unknown): Error {
  if (error instanceof pg.DatabaseError && error.code !== undefined && error.code.length === 5) {
    if (serverGoesDown.has(error.code) || error.code.startsWith('08'))
      return new ConnectionLost(error.message);
    return new EngineError(error.code, error.message, error.constraint);
  }
  return new ConnectionLost(error instanceof Error ? error.message : String(error));
}

/** The bytes of a BSON result (`BSONHEX…`). */
export function bsonBytes(value: unknown): Buffer {
  if (typeof value !== 'string' || !value.startsWith('BSONHEX'))
    throw new Error('the engine gave no BSON document');
  return Buffer.from(value.slice('BSONHEX'.length), 'hex');
}
