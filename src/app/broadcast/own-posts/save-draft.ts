import { hashed } from '#src/domain/broadcast/approval.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import { type BroadcastRun, newRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker, audit, type BroadcastPorts, MAX_TRIES, runIdOf } from '../ports.ts';
import { contentOf } from '../run-content.ts';
import { stateWords } from '../state-words.ts';

/**
 * A post that is half finished is laid aside, for its author to find again; one that was handed in waits for no approval any
 * more. Idempotent by the effect's id. Throws when a photo cannot be fetched now.
 */
export async function saveDraft(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
  takenUp: string | null,
): Promise<void> {
  const author = await asker(ports, context);
  if (!author || !hasRole(author, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const nowMs = ports.clock.nowMs();
  const made = newRun({
    ...(await contentOf(ports, context, draft)),
    id: takenUp ?? runIdOf(context),
    contentHash: '',
    authorId: author.id,
    repeat: draft.repeat ?? null,
    sendAtMs: draft.sendAtMs ?? nowMs,
    state: 'draft',
    createdAtMs: nowMs,
  });
  const run = hashed(made, ports.hash);
  const stored = takenUp === null ? await ports.runs.create(run) : await layAside(ports, run, author);
  if (!stored) return answer(ports, context, { key: 'broadcast.gone' });
  if (stored.state !== 'draft') {
    const params = { title: stored.title, state: stateWords(ports, stored) };
    return answer(ports, context, { key: 'compose.takenUp.tooLate', params });
  }
  await audit(ports, context, author, 'draft-saved', stored.id);
  const label = (key: string): string => ports.texts.render({ key });
  return answer(
    ports,
    context,
    { key: 'compose.kept' },
    {
      id: `${context.id}.kept`,
      subject: { kind: 'run', runId: stored.id },
      choices: [
        { number: '1', value: 'edit', label: label('compose.choice.goOn') },
        { number: '0', value: 'drop', label: label('timetable.choice.drop') },
      ],
    },
  );
}

/** The run as it is afterwards: no draft where it may not become one any more. */
async function layAside(
  ports: BroadcastPorts,
  made: BroadcastRun,
  author: StaffMember,
): Promise<BroadcastRun | null> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(made.id);
    if (run?.authorId !== author.id) return null;
    if (run.state !== 'draft' && run.state !== 'returned' && run.state !== 'submitted') return run;
    if ((await ports.runs.update(run.id, run.rev, made)) === 'saved') return { ...run, ...made };
  }
  throw new Error(`run ${made.id} keeps changing`);
}
