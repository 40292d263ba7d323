import type { TextRef } from '../conversation/types.ts';
import type { Plan } from '../plan.ts';
import type { Audience } from '../run.ts';
import { RECIPIENT_KINDS, type RecipientCounts } from './audience.ts';

type Render = (ref: TextRef) => string;

/** "3 nhóm Telegram, 22 tổ trưởng": only kinds that there are; says so where there is nobody. */
export function reachWords(text: Render, counts: RecipientCounts): string {
  const kinds = RECIPIENT_KINDS.filter((kind) => counts[kind] > 0).map((kind) =>
    text({ key: `broadcast.reach.${kind}`, params: { count: counts[kind] } }),
  );
  return kinds.length === 0 ? text({ key: 'broadcast.reach.nobody' }) : kinds.join(', ');
}

/** "Khu 3, Khu 5A · kênh Zalo": what an editor chose; everyone where nothing was chosen. */
export function audienceWords(text: Render, plan: Plan, audience: Audience): string {
  const { channels, neighbourhoods, groups } = audience;
  const nameOf = (id: string): string => plan.neighbourhoods.find((one) => one.id === id)?.name ?? id;
  const chosen = [
    ...(neighbourhoods === null ? [] : [neighbourhoods.map(nameOf).join(', ')]),
    ...(channels === null
      ? []
      : [channels.map((one) => text({ key: `broadcast.channel.${one}` })).join(', ')]),
    ...(groups === null ? [] : [groups.map((one) => text({ key: `group.audience.${one}` })).join(', ')]),
  ];
  return chosen.length === 0 ? text({ key: 'broadcast.reach.everyone' }) : chosen.join(' · ');
}
