import type { AuditStore } from '#src/app/ports/stores.ts';
import { compact, defineModel, insertOnce, type StoredRecord, type StoreParts } from './records.ts';

interface AuditRecord extends StoredRecord {
  readonly atMs: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly reason?: string;
}

/** Rows are only ever added. */
export function auditStore({ connection }: StoreParts): AuditStore {
  const model = defineModel<AuditRecord>(connection, 'audit', {
    atMs: Number,
    by: String,
    action: String,
    subject: String,
    reason: String,
  });
  return {
    async record({ id, atMs, by, action, subject, reason }) {
      await insertOnce(model, compact<AuditRecord>({ _id: id, atMs, by, action, subject, reason }));
    },
  };
}
