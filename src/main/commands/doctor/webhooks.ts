import type { Config } from '#src/config/config.ts';
import { type Finding, ill, well } from './finding.ts';

const PART = 'webhooks';

/** Whether the settings let the platforms reach the bot. */
export function webhookFinding(config: Config): Finding {
  const { publicUrl } = config;
  if (publicUrl === null) {
    return config.zalo
      ? ill(PART, 'Zalo has no way to reach the bot', 'set PUBLIC_URL to its https address')
      : well(PART, 'none: Telegram is polled');
  }
  const { protocol, hostname } = new URL(publicUrl);
  const isLocal = hostname === 'localhost' || hostname.startsWith('127.');
  return protocol === 'https:' || isLocal
    ? well(PART, publicUrl)
    : ill(PART, `PUBLIC_URL is not https: ${publicUrl}`, 'the platforms call https addresses only');
}
