import { isApproved } from '#src/domain/broadcast/approval.ts';
import { followsHours } from '#src/domain/broadcast/hours.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { stateWords } from './state-words.ts';
import { mayMove } from './in-charge.ts';
import { placeRoutine } from './place-run.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';
import { tellApproverOfHour } from './tell-approver.ts';
import { whenOf } from './tell-schedule.ts';

/** A run whose time was over goes out after all, now or as soon as the rules of time let it. Safe to run twice. */
export async function sendToday(ports: BroadcastPorts, context: EffectContext, runId: string): Promise<void> {
  const member = await asker(ports, context);
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run) return answer(ports, context, { key: 'broadcast.gone' });
    if (!member || !mayMove(run, member)) return answer(ports, context, { key: 'common.notAllowed' });
    // Our answer in the chat marks an effect that has run.
    if (await ports.deliveries.get(context.id)) return;
    if (run.state !== 'expired' || !isApproved(run, ports.hash)) {
      const params = { title: run.title, state: stateWords(ports, run) };
      return answer(ports, context, { key: 'schedule.sendToday.notExpired', params });
    }
    const nowMs = ports.clock.nowMs();
    const at = { ...run, sendAtMs: nowMs, state: 'scheduled' } as const;
    const atMs = followsHours(run) ? (await placeRoutine(ports, current.plan, at, nowMs)).atMs : nowMs;
    const change = { state: 'scheduled', sendAtMs: atMs, finishedAtMs: null } as const;
    if ((await ports.runs.update(run.id, run.rev, change)) === 'conflict') continue;
    await audit(ports, context, member, 'run-moved', run.id, `expired, sent ${localDateOf(atMs)}`);
    const when = whenOf(ports, atMs);
    await tellApproverOfHour(ports, context, run, member, {
      key: 'schedule.sendToday.told',
      when,
    });
    const key = atMs === nowMs ? 'schedule.sendToday.now' : 'schedule.sendToday.done';
    return answer(ports, context, { key, params: { title: run.title, when } });
  }
  throw new Error(`run ${runId} keeps changing`);
}
