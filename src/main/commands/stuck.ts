import type { SetAside } from '#src/app/ports/stores.ts';
import { listStuck, putBackStuck } from '#src/app/inbound/put-back-stuck.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { isoAtWard, minuteAtWard } from './ward-time.ts';

/**
 * What failed too often and was set aside, the oldest first. JSON: `{ok: true, stuck: [{id, platform, what, since,
 * failures}]}`: `what` is `message` or the kind of an effect, `since` ISO 8601 at +07:00.
 */
export async function showStuck(core: Core): Promise<CommandAnswer> {
  const stuck = await listStuck(core.store);
  const json = stuck.map(({ id, platform, what, sinceMs, attempts }) => ({
    id,
    platform,
    what,
    since: isoAtWard(sinceMs),
    failures: attempts,
  }));
  return { ok: true, json: { ok: true, stuck: json }, lines: linesOf(stuck) };
}

function linesOf(stuck: readonly SetAside[]): readonly string[] {
  if (stuck.length === 0) return ['nothing is set aside'];
  const rows = stuck.map(({ id, platform, what, sinceMs, attempts }) => [
    id,
    platform,
    what,
    minuteAtWard(sinceMs),
    String(attempts),
  ]);
  return [...table([['id', 'platform', 'what', 'since', 'failures'], ...rows])];
}

/**
 * Puts back one by its id, or all. A running bot takes them up within seconds; what fails once more is set aside again.
 * JSON: `{ok: true, putBack: [id]}`. Failed with the reason `not-stuck` or, for neither or both, `which`.
 */
export async function retryStuck(core: Core, id: string | undefined, isAll: boolean): Promise<CommandAnswer> {
  if ((id === undefined) !== isAll) return failed('which', 'name one id, or --all');
  if (id !== undefined && !(await putBackStuck(core.store, id)))
    return failed('not-stuck', `nothing by the id ${id} is set aside`, ['-> npm run loa -- stuck list']);
  const putBack = id === undefined ? await putBackAll(core) : [id];
  const count = putBack.length === 1 ? '1 is' : `${String(putBack.length)} are`;
  return {
    ok: true,
    json: { ok: true, putBack },
    lines: [`${count} put back; the running bot takes what waits up within seconds`],
  };
}

async function putBackAll(core: Core): Promise<readonly string[]> {
  const putBack: string[] = [];
  for (const { id } of await listStuck(core.store)) {
    if (await putBackStuck(core.store, id)) putBack.push(id);
  }
  return putBack;
}
