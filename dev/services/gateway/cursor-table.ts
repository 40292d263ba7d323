/** Where a cursor goes on: the engine keeps no state for it but its file. */
type OpenCursor = { readonly db: string; continuation: string; usedAtMs: number };

/** As mongod: a cursor that nobody asks for ten minutes is gone. */
const cursorIdleMs = 600_000;

/** Open cursors by id, shared by all connections, since a driver may ask for the next page on another one. */
export class CursorTable {
  private readonly cursors = new Map<string, OpenCursor>();

  keep(id: string, db: string, continuation: string): void {
    this.forgetIdle();
    this.cursors.set(id, { db, continuation, usedAtMs: Date.now() });
  }

  find(id: string): OpenCursor | undefined {
    const cursor = this.cursors.get(id);
    if (cursor !== undefined) cursor.usedAtMs = Date.now();
    return cursor;
  }

  /** True when the cursor was open. */
  forget(id: string): boolean {
    return this.cursors.delete(id);
  }

  private forgetIdle(): void {
    const oldest = Date.now() - cursorIdleMs;
    for (const [id, cursor] of this.cursors) if (cursor.usedAtMs < oldest) this.cursors.delete(id);
  }
}
