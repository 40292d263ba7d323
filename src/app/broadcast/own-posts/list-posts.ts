import { OPEN_STATES } from '#src/domain/broadcast/taken-up.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker, type BroadcastPorts } from '../ports.ts';
import { stateWords } from '../state-words.ts';

const LOOKED_AT = 500;
/** "9" is Quay lại elsewhere and stays out of the numbers. */
const SHOWN = 8;
const MAX_TITLE = 50;

/** An author's own posts of which nothing has gone out, drafts and returned ones first: the number of one opens it. */
export async function listPosts(ports: BroadcastPorts, context: EffectContext): Promise<void> {
  const author = await asker(ports, context);
  if (!author || !hasRole(author, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const own: { readonly id: string; readonly label: string }[] = [];
  for (const state of OPEN_STATES) {
    const runs = await ports.runs.inState(state, LOOKED_AT);
    own.push(...runs.filter((run) => isOwn(run, author.id)).map((run) => runLine(ports, run)));
    if (state !== 'returned' && state !== 'submitted') continue;
    const series = await ports.series.inState(state, LOOKED_AT);
    own.push(...series.filter((one) => isOwn(one, author.id)).map((one) => seriesLine(ports, one)));
  }
  if (own.length === 0) return answer(ports, context, { key: 'compose.own.none' });
  const choices = own.slice(0, SHOWN).map(({ id, label }, index): Choice => ({
    number: String(index + 1),
    value: id,
    label,
  }));
  return answer(
    ports,
    context,
    { key: 'compose.own.list' },
    { id: `${context.id}.own`, subject: { kind: 'own-posts' }, choices },
  );
}

const isOwn = (item: { readonly authorId: string }, authorId: string): boolean => item.authorId === authorId;

function runLine(ports: BroadcastPorts, run: BroadcastRun) {
  return { id: run.id, label: line(ports, run.title, stateWords(ports, run)) };
}

function seriesLine(ports: BroadcastPorts, { id, title, state }: Series) {
  return { id, label: line(ports, title, ports.texts.render({ key: `broadcast.state.${state}` })) };
}

function line(ports: BroadcastPorts, title: string, state: string): string {
  const shown =
    title === '' ? ports.texts.render({ key: 'compose.own.untitled' }) : title.slice(0, MAX_TITLE);
  return ports.texts.render({ key: 'compose.own.line', params: { title: shown, state } });
}
