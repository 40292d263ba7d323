import type { RemoteFile } from '#src/domain/inbound.ts';
import type { FetchedFile } from '../ports/channel.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { officersOf } from './announce-case.ts';

/** The id of the case that an effect makes: the same each time, and no chat can be read from it. */
export function caseIdOf(app: Pick<App, 'personalData'>, context: EffectContext): string {
  return app.personalData.privateId(context.id);
}

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
  const ids = mediaIdsOf(caseIdOf(app, context), files.length);
  let missing = 0;
  for (const [index, file] of files.entries()) {
    const id = ids[index] ?? '';
    if (await app.media.get(id)) continue;
    const fetched = await channel?.fetchFile(file).catch((error: unknown) => {
      app.log.warn({ medium: id, error }, 'file not fetched');
      return null;
    });
    const kept = fetched && (await fit(app, file, fetched));
    if (kept) await app.media.put(id, kept);
    else if (fetched) app.log.warn({ medium: id }, 'not a file that is kept');
    else missing += 1;
  }
  return missing;
}

/** As much as Telegram hands out. */
const MAX_BYTES = 20 * 1024 * 1024;

/** A photo without what it says of place and device; of others those that are what they claim to be. Null: not kept. */
async function fit(app: App, { kind }: RemoteFile, file: FetchedFile): Promise<FetchedFile | null> {
  if (file.bytes.byteLength === 0 || file.bytes.byteLength > MAX_BYTES) return null;
  return kind === 'photo' ? app.pictures.fitPhoto(file) : file;
}

/** The case stands without them; whoever works on it knows that something is missing and can ask for it. */
export async function tellMissingFiles(app: App, context: EffectContext, total: number): Promise<void> {
  const matter = await app.cases.get(caseIdOf(app, context));
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
