import { humanDate } from '#src/domain/calendar/deadline.ts';
import { mayBeCorrected } from '#src/domain/broadcast/correction.ts';
import { consentOfCorrection } from '#src/domain/broadcast/consent.ts';
import type { CorrectionDraft } from '#src/domain/conversation/types.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { rootOf } from './lineage.ts';
import type { BroadcastPorts } from './ports.ts';
import { renderRun } from './render-run.ts';

/** The run as it is corrected, and the post that it goes back to; null when nobody can have got it. */
export async function correctable(
  ports: BroadcastPorts,
  runId: string,
): Promise<{ readonly run: BroadcastRun; readonly root: BroadcastRun } | null> {
  const run = await ports.runs.get(runId);
  const root = run && (await rootOf(ports, run));
  return run && root && mayBeCorrected(run) ? { run, root } : null;
}

/**
 * The content of a correction: "ĐÍNH CHÍNH" and the post it corrects on top, then the right words. Pictures stay those of
 * the post: an edit changes words alone.
 */
export async function correctionContent(
  ports: BroadcastPorts,
  root: BroadcastRun,
  draft: CorrectionDraft,
): Promise<
  Pick<
    BroadcastRun,
    'title' | 'body' | 'photoIds' | 'documentId' | 'link' | 'consent' | 'renderings' | 'audience'
  >
> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const date = humanDate(root.startedAtMs ?? root.sendAtMs);
  const heading = ports.texts.render({
    key: 'broadcast.correction.heading',
    params: { title: root.title, date },
  });
  const { audience, photoIds, documentId, link } = root;
  const words = { title: heading, body: draft.body, photoIds, documentId, link };
  const renderings = await renderRun(ports, current.plan, words);
  return {
    title: ports.texts.render({ key: 'broadcast.correction.title', params: { title: root.title } }),
    body: draft.body,
    photoIds,
    documentId,
    link,
    consent: consentOfCorrection(current.plan, root),
    audience,
    renderings,
  };
}
