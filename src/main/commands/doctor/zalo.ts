import { readZaloAllowance } from '#src/channels/zalo/allowance.ts';
import type { ZaloApi } from '#src/channels/zalo/api.ts';
import { getZaloOa, listZaloGroups } from '#src/channels/zalo/groups.ts';
import { ZaloCallError, type ZaloResult } from '#src/channels/zalo/outcome.ts';
import type { Config } from '#src/config/config.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { createLogger } from '#src/observe/logger.ts';
import type { Store } from '#src/store/connect.ts';
import { buildChannels } from '../../channels.ts';
import { databaseTrouble } from './data.ts';
import { doubtful, type Finding, ill, well } from './finding.ts';

const PART = 'zalo';
const NETWORK = 'is the network up, and is ZALO_API_ROOT right?';
const RECONNECT = 'grant access anew in the app console and put the new ZALO_REFRESH_TOKEN in';

/** Asks Zalo who the tokens belong to, with the bot's own keeper of tokens: a refresh token works once. */
export async function zaloFindings(
  config: Config,
  store: Store,
  nowMs: () => number,
): Promise<readonly Finding[]> {
  if (!config.zalo) return [];
  const built = await buildChannels({
    config: { ...config, telegram: null },
    store,
    clock: { nowMs },
    alerts: { raise: () => Promise.resolve() },
    log: createLogger({ level: 'silent' }),
  });
  try {
    if (!built.zaloApi) return [];
    const { oaId, name } = await getZaloOa(built.zaloApi);
    return oaId === config.zalo.oaId
      ? await allowanceFindings(built.zaloApi, `OA ${oaId} ${name}`.trim(), nowMs())
      : [
          ill(
            PART,
            `the tokens belong to OA ${oaId}`,
            `ZALO_OA_ID says ${config.zalo.oaId}: one of them is wrong`,
          ),
        ];
  } finally {
    await built.close();
  }
}

const SOON_MS = 30 * 86_400_000;
const RENEW = 'renew it in the OA manager: 45 days after its place ran out a group dissolves';
const FEW_LEFT = 100;

/** What the plan still holds; each group whose place runs out within a month in a line of its own. */
async function allowanceFindings(api: ZaloApi, who: string, atMs: number): Promise<readonly Finding[]> {
  const [{ callsPerMinute, privateLeft, groups }, listed] = await Promise.all([
    readZaloAllowance(api),
    listZaloGroups(api),
  ]);
  const until = new Map(groups.map(({ chatId, untilMs }) => [chatId, untilMs]));
  const troubles = listed.flatMap(({ chatId, title, isEnabled }) => {
    const untilMs = until.get(chatId) ?? Infinity;
    if (!isEnabled || untilMs < atMs)
      return [ill(PART, `group ${title} takes no posts any more (-237)`, RENEW)];
    if (untilMs > atMs + SOON_MS) return [];
    return [doubtful(PART, `group ${title}: its place runs out on ${localDateOf(untilMs)}`, RENEW)];
  });
  const left = privateLeft === null ? '' : `, ${String(privateLeft)} messages to people left this month`;
  const few = privateLeft !== null && privateLeft < FEW_LEFT;
  const detail = `${who}, ${String(callsPerMinute)} calls a minute${left}`;
  const own = few
    ? doubtful(PART, detail, 'buy more, or people will hear nothing after 48 hours')
    : well(PART, detail);
  return [own, ...troubles];
}

/** Without the database there are no tokens to ask with. */
export const zaloNotSeen: Finding = doubtful(
  PART,
  'not looked at: its tokens are in the database',
  'see to the database first',
);

export function zaloTrouble(error: unknown): Finding {
  if (!(error instanceof ZaloCallError)) return { ...databaseTrouble(error), part: PART };
  const [detail, hint] = wordsOf(error.result);
  return ill(PART, detail, hint);
}

function wordsOf(result: ZaloResult): readonly [string, string] {
  switch (result.kind) {
    case 'no-token':
      return result.why === 'reconnect'
        ? ['the tokens are no good any more', RECONNECT]
        : ['no token could be had just now', 'is the network up? If so, look again in a minute'];
    case 'refused':
      return [`refuses with error ${String(result.code)}`, 'does the app still hold its rights on the OA?'];
    case 'server-error':
    case 'http-refused':
      return [`answers with HTTP ${String(result.status)}`, 'look again later; is ZALO_API_ROOT right?'];
    case 'not-connected':
      return ['cannot be reached', NETWORK];
    case 'timeout':
      return ['does not answer in time', NETWORK];
    default:
      return ['answers something else than the OpenAPI', NETWORK];
  }
}
