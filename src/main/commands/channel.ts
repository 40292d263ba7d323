import { PLATFORMS } from '#src/domain/inbound.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, failed } from './output.ts';

/**
 * Lets a channel send again that was paused after repeated configuration errors. JSON: `{ok: true, channel}`. Failed with
 * the reason `unknown-channel`.
 */
export async function resumeChannel(core: Core, name: string): Promise<CommandAnswer> {
  const platform = PLATFORMS.find((one) => one === name);
  if (!platform) return failed('unknown-channel', `a channel is one of ${PLATFORMS.join(', ')}`);
  await core.store.channelHealth.resume(platform);
  const lines = [`${platform} may send again; the running bot begins within half a minute`];
  return { ok: true, json: { ok: true, channel: platform }, lines };
}
