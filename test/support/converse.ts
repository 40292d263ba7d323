import type { Someone } from '#dev/world/people.ts';

/** Each turn says something and waits for its answer; answers the last one. */
export async function converse(
  who: Someone,
  turns: readonly (readonly [say: string, hear: string])[],
): Promise<string> {
  let heard = '';
  for (const [say, hear] of turns) {
    who.say(say);
    heard = await who.hear(hear);
  }
  return heard;
}
