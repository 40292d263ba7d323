import type { PostSummary } from '../conversation/types.ts';
import type { PlanPost } from '../plan-post.ts';

/** What an editor chooses from: a post of the plan's library, with all that its file says of it. */
export function postSummary(post: PlanPost): PostSummary {
  const { id, topic, title, body, namesPerson, source, validFrom, validTo, owner } = post;
  return { id, topicId: topic, title, body, namesPerson, sources: source, validFrom, validTo, owner };
}
