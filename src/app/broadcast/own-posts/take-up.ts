import { draftOfRun, draftOfSeries, openState } from '#src/domain/broadcast/taken-up.ts';
import type { TakenUp } from '#src/domain/conversation/types.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../../app.ts';
import { takeIn } from '../../inbound/handle-private-event.ts';
import { ownEvent } from '../../inbound/own-event.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker } from '../ports.ts';
import { stateWords } from '../state-words.ts';
import { occurrenceOf } from '../timetable/entries.ts';

/** An author's own post comes into the form again, filled with what is there. Safe to run twice: it comes as one event. */
export async function takeUp(app: App, context: EffectContext, id: string): Promise<void> {
  const author = await asker(app, context);
  if (!author || !hasRole(author, 'editor')) return answer(app, context, { key: 'common.notAllowed' });
  const run = await app.runs.get(id);
  if (!run) {
    const series = await seriesOf(app, id, author);
    return series ? open(app, context, series) : answer(app, context, { key: 'broadcast.gone' });
  }
  if (run.authorId !== author.id) return answer(app, context, { key: 'compose.takenUp.notYours' });
  const from = openState(run);
  if (!from || run.kind !== 'routine') {
    const params = { title: run.title, state: stateWords(app, run) };
    return answer(app, context, { key: 'compose.takenUp.tooLate', params });
  }
  const draft = draftOfRun(run);
  return open(app, context, { kind: 'taken-up', id: run.id, from, draft, comment: run.returnComment ?? '' });
}

/** By its own id, or by that of a going-out that it has not made yet. */
async function seriesOf(app: App, id: string, author: StaffMember): Promise<TakenUp | null> {
  const series = (await app.series.get(id)) ?? (await app.series.get(occurrenceOf(id).seriesId));
  if (series?.authorId !== author.id || series.state === 'stopped' || series.state === 'ended') return null;
  const comment = series.returnComment ?? '';
  return { kind: 'taken-up', id: series.id, from: 'series', draft: draftOfSeries(series), comment };
}

async function open(app: App, context: EffectContext, content: TakenUp): Promise<void> {
  await takeIn(app, ownEvent(app, context), content);
  await app.wake.effects(context.conversation.key);
}
