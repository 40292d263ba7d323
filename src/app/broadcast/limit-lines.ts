import { countRecipients, getsRun } from '#src/domain/broadcast/audience.ts';
import { shortDay } from '#src/domain/broadcast/labels.ts';
import { DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { RunDraft, TextRef } from '#src/domain/conversation/types.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { Allowance } from '../ports/channel.ts';
import type { BroadcastPorts } from './ports.ts';

/** A group whose place runs out so soon after the post is worth a word. */
const SOON_MS = 14 * DAY_MS;
const GROUPS_SHOWN = 5;

/** What Zalo will refuse of this post, or take its time over, said before it does. Nothing where it cannot be asked now. */
export async function limitLines(
  ports: Pick<BroadcastPorts, 'channels' | 'destinations' | 'clock' | 'log'>,
  plan: Plan,
  draft: RunDraft,
): Promise<readonly TextRef[]> {
  const allowance = await ask(ports);
  if (!allowance) return [];
  const census = await ports.destinations.census();
  const groups = countRecipients(plan, draft, census)['zalo-groups'];
  const people = census.filter(
    (row) => row.chat.platform === 'zalo' && row.kind !== 'group' && row.state === 'active',
  );
  const heads = people.filter((row) => getsRun(plan, draft, row)).reduce((sum, { count }) => sum + count, 0);
  const { callsPerMinute, privateLeft } = allowance;
  const minutes = Math.ceil(groups / callsPerMinute);
  return [
    ...(minutes > 1
      ? [{ key: 'allowance.pace', params: { perMinute: callsPerMinute, count: groups, minutes } }]
      : []),
    ...(privateLeft !== null && privateLeft < heads
      ? [{ key: 'allowance.private', params: { left: privateLeft, count: heads } }]
      : []),
    ...(await expiring(ports, plan, draft, allowance)),
  ];
}

async function ask({ channels, log }: Pick<BroadcastPorts, 'channels' | 'log'>): Promise<Allowance | null> {
  try {
    return (await channels.zalo?.allowance?.()) ?? null;
  } catch (error) {
    log.warn({ why: error instanceof Error ? error.message : 'unknown' }, 'allowance not known');
    return null;
  }
}

async function expiring(
  { destinations, clock }: Pick<BroadcastPorts, 'destinations' | 'clock'>,
  plan: Plan,
  draft: RunDraft,
  { groups }: Allowance,
): Promise<readonly TextRef[]> {
  const atMs = draft.repeat?.startMs ?? draft.sendAtMs ?? clock.nowMs();
  const until = new Map(groups.map(({ chatId, untilMs }) => [chatId, untilMs]));
  const lines: TextRef[] = [];
  for await (const group of destinations.active()) {
    const untilMs = group.chat.platform === 'zalo' ? until.get(group.chat.chatId) : undefined;
    if (untilMs === undefined || untilMs > atMs + SOON_MS || !getsRun(plan, draft, group)) continue;
    const key = untilMs < atMs ? 'allowance.groupOver' : 'allowance.groupSoon';
    lines.push({ key, params: { title: group.title, day: shortDay(localDateOf(untilMs)) } });
    if (lines.length === GROUPS_SHOWN) break;
  }
  return lines;
}
