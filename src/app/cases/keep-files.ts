import type { RemoteFile } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { officersOf } from './announce-case.ts';

/** The ids under which the files of a case are kept: known before any file is here. */
export function mediaIdsOf(caseId: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${caseId}.${String(index)}`);
}

/**
 * Fetches what is not kept yet, one after the other: together they could fill the memory. Answers how many could not be
 * had now: a link of Zalo runs out, Telegram hands out no more than 20 MB. Throws when the store cannot take them.
 */
export async function keepFiles(
  app: App,
  context: EffectContext,
  files: readonly RemoteFile[],
): Promise<number> {
  const channel = app.channels[context.conversation.chat.platform];
  const ids = mediaIdsOf(context.id, files.length);
  let missing = 0;
  for (const [index, file] of files.entries()) {
    const id = ids[index] ?? '';
    if (await app.media.get(id)) continue;
    const fetched = await channel?.fetchFile(file).catch((error: unknown) => {
      app.log.warn({ medium: id, error }, 'file not fetched');
      return null;
    });
    if (fetched) await app.media.put(id, fetched);
    else missing += 1;
  }
  return missing;
}

/** The case stands without them; whoever works on it knows that something is missing and can ask for it. */
export async function tellMissingFiles(app: App, context: EffectContext, total: number): Promise<void> {
  const matter = await app.cases.get(context.id);
  if (!matter) return;
  const kept = await Promise.all(matter.mediaIds.map(async (id) => (await app.media.get(id)) !== null));
  const count = kept.filter((isKept) => !isKept).length;
  if (count === 0) return;
  const handler = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  for (const officer of handler ? [handler] : await officersOf(app, matter.unitId)) {
    await notifyStaff(app, {
      id: `files.${matter.id}.${officer.id}`,
      staff: officer,
      text: { key: 'staff.filesMissing', params: { code: matter.code, count, total } },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
  }
}
