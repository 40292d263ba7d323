import { hashed } from '#src/domain/broadcast/approval.ts';
import { isConsentOf } from '#src/domain/broadcast/consent.ts';
import type { BroadcastRun, PersonConsent } from '#src/domain/run.ts';
import { type Series, seriesHash } from '#src/domain/series.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { withConsents } from './list-consents.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';

/**
 * A person takes their consent back: whatever names them and has not gone out stays here, in every run and series, and what
 * is under way stops. What went out is named to the editor, who corrects it. Safe to run twice.
 */
export async function withdrawConsent(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
): Promise<void> {
  const member = await asker(ports, context);
  if (!member || !hasRole(member, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const person = await personOf(ports, runId);
  if (person === null) return answer(ports, context, { key: 'broadcast.gone' });
  await audit(ports, context, member, 'consent-withdrawn', runId);
  const gone: PersonConsent = { kind: 'withdrawn', person };
  const { runs, series } = await withConsents(ports);
  // Series first: none makes another run meanwhile.
  for (const one of series) await changeSeries(ports, one.id, gone);
  const again = await withConsents(ports);
  const seen = new Map([...runs, ...again.runs].map((run) => [run.id, run]));
  const out: BroadcastRun[] = [];
  for (const run of seen.values()) {
    if (!isNamed(run.consent, person)) continue;
    await changeRun(ports, run.id, gone);
    if (run.startedAtMs !== null) out.push(run);
  }
  const titles = out.map(({ title }) => `“${title}”`).join(', ');
  await answer(ports, context, {
    key: out.length === 0 ? 'broadcast.consent.withdrawn' : 'broadcast.consent.withdrawnAfter',
    params: { person, titles },
  });
}

/** Also where an earlier try has taken it back already, so that a second try ends as the first would have. */
async function personOf(ports: BroadcastPorts, id: string): Promise<string | null> {
  const [run, series] = await Promise.all([ports.runs.get(id), ports.series.get(id)]);
  for (const { consent } of [...(run ? [run] : []), ...(series?.posts ?? [])]) {
    if (consent?.kind === 'recorded' || consent?.kind === 'withdrawn') return consent.person;
  }
  return null;
}

const isNamed = (consent: PersonConsent | null, person: string): boolean =>
  isConsentOf(consent, person) || (consent?.kind === 'withdrawn' && consent.person === person);

async function changeRun(ports: BroadcastPorts, id: string, gone: PersonConsent): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(id);
    if (!run || !isNamed(run.consent, personIn(gone))) return;
    const { contentHash } = hashed({ ...run, consent: gone }, ports.hash);
    const change = { consent: gone, contentHash, ...stateAfter(ports, run) };
    if ((await ports.runs.update(id, run.rev, change)) === 'conflict') continue;
    // Scripts of days to come stand in the rows of a run that is done, too.
    if (change.state === 'cancelled' || run.startedAtMs !== null) await ports.deliveries.cancelRun(id);
    return;
  }
  throw new Error(`run ${id} keeps changing`);
}

function stateAfter(ports: BroadcastPorts, run: BroadcastRun): Partial<BroadcastRun> {
  switch (run.state) {
    case 'sending':
    case 'paused':
      return { state: 'cancelled', finishedAtMs: ports.clock.nowMs() };
    case 'submitted':
    case 'scheduled':
      return { state: 'returned', approverId: null, approvedHash: null, approvedAtMs: null };
    case 'draft':
    case 'returned':
    case 'done':
    case 'cancelled':
    case 'expired':
    case 'corrected':
      return {};
  }
}

async function changeSeries(ports: BroadcastPorts, id: string, gone: PersonConsent): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const series = await ports.series.get(id);
    if (!series?.posts.some(({ consent }) => isNamed(consent, personIn(gone)))) return;
    const posts: Series['posts'] = series.posts.map((post) =>
      isNamed(post.consent, personIn(gone)) ? { ...post, consent: gone } : post,
    );
    const contentHash = seriesHash({ ...series, posts }, ports.hash);
    const change = { posts, contentHash, state: 'returned', approverId: null, approvedHash: null } as const;
    if ((await ports.series.update(id, series.rev, change)) === 'saved') return;
  }
  throw new Error(`series ${id} keeps changing`);
}

const personIn = (consent: PersonConsent): string => ('person' in consent ? consent.person : '');
