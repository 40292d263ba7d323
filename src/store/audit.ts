import { Schema } from 'mongoose';
import type { AuditStore } from '#src/app/ports/stores.ts';
import { compact, defineModel, insertOnce, type StoredRecord, type StoreParts } from './records.ts';

interface AuditRecord extends StoredRecord {
  readonly atMs: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly reason?: string;
  readonly standsInFor?: readonly string[];
}

/** Rows are only ever added. */
export function auditStore({ connection }: StoreParts): AuditStore {
  const model = defineModel<AuditRecord>(connection, 'audit', {
    atMs: Number,
    by: String,
    action: String,
    subject: String,
    reason: String,
    standsInFor: Schema.Types.Mixed,
  });
  return {
    async record({ id, ...entry }) {
      await insertOnce(model, compact<AuditRecord>({ _id: id, ...entry }));
    },
  };
}
