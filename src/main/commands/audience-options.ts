import { GROUP_AUDIENCES } from '#src/domain/destination.ts';
import { type Plan, TOPIC_CHANNELS } from '#src/domain/plan.ts';
import type { Audience } from '#src/domain/run.ts';
import { findNeighbourhoods } from '#src/domain/vietnamese/neighbourhoods.ts';
import { type CommandAnswer, failed } from './output.ts';

export interface AudienceOptions {
  readonly khuPho?: string;
  readonly kind?: string;
  readonly channel?: string;
}

export type ParsedAudience =
  | { readonly kind: 'audience'; readonly audience: Audience }
  | { readonly kind: 'refused'; readonly answer: CommandAnswer };

/** To whom a post goes, from the command line; what is left out is everyone. Nothing that is not understood is guessed. */
export function parseAudience(plan: Plan, options: AudienceOptions): ParsedAudience {
  const neighbourhoods = parseNeighbourhoods(plan, options.khuPho);
  if (neighbourhoods === undefined) {
    const known = plan.neighbourhoods.map((one) => `${one.id} (${one.name})`).join(', ');
    return refused('khu-pho', `--khu-pho ${options.khuPho ?? ''} is not understood; there are: ${known}`);
  }
  const groups = oneOf(GROUP_AUDIENCES, options.kind);
  if (groups === undefined)
    return refused('kind', `--kind ${options.kind ?? ''}: write ${GROUP_AUDIENCES.join(', ')}`);
  const channels = oneOf(TOPIC_CHANNELS, options.channel);
  if (channels === undefined)
    return refused('channel', `--channel ${options.channel ?? ''}: write ${TOPIC_CHANNELS.join(', ')}`);
  return { kind: 'audience', audience: { channels, neighbourhoods, groups } };
}

const refused = (reason: string, problem: string): ParsedAudience => ({
  kind: 'refused',
  answer: failed(reason, problem),
});

/** By their ids, or as people say them. Undefined: not understood. */
function parseNeighbourhoods(plan: Plan, words: string | undefined): readonly string[] | null | undefined {
  if (words === undefined) return null;
  const ids = words.split(',').map((one) => one.trim());
  if (ids.every((id) => plan.neighbourhoods.some((one) => one.id === id))) return ids;
  const meant = findNeighbourhoods(words, plan.neighbourhoods);
  if (meant.kind === 'all') return null;
  return meant.kind === 'some' ? meant.ids : undefined;
}

function oneOf<T extends string>(
  known: readonly T[],
  words: string | undefined,
): readonly T[] | null | undefined {
  if (words === undefined) return null;
  const named = words.split(',').map((one) => one.trim());
  const found = known.filter((one) => named.includes(one));
  return found.length > 0 && found.length === new Set(named).size ? found : undefined;
}
