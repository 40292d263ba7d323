import type { Sandbox } from '#dev/sandbox/index.ts';
import type { Actor } from './telling.ts';
import { type Cast, everyone } from './cast.ts';
import type { Groups } from './groups.ts';
import type { Counts } from './table.ts';

/** Zalo's answer when a person has been silent for 7 days. */
const WINDOW_CLOSED = -230;

interface Line {
  readonly fromBot: boolean;
  readonly text: string;
}

/** What the sandbox itself recorded, message by message: it knows nothing of the bot's database. */
export function observedCounts(sandbox: Sandbox, groups: Groups, cast: Cast, title: string): Counts {
  const telegramGroups = sandbox.telegram
    .chats()
    .filter(({ type }) => type !== 'private')
    .map(({ id }) => telegramLines(sandbox, id));
  const zaloGroups = groups.zalo.map(({ chatId }) => zaloLines(sandbox, chatId));
  const isPost = (line: Line): boolean => line.fromBot && line.text.includes(title);
  const reached = (chats: readonly (readonly Line[])[]): number =>
    chats.filter((lines) => lines.some(isPost)).length;
  const chatsOf = (actors: readonly Actor[]): readonly (readonly Line[])[] =>
    actors.map((actor) => linesOf(sandbox, actor));
  const residents = Object.values(cast.residents);
  const fromBot = chatsOf(everyone(cast))
    .flat()
    .filter((line) => line.fromBot);
  const heard = (words: RegExp): number => fromBot.filter(({ text }) => words.test(text)).length;
  const heads = chatsOf(cast.heads);
  const loud = chatsOf([cast.staff.loud]);
  return {
    telegramGroups: reached(telegramGroups),
    zaloGroups: reached(zaloGroups),
    twice: [...telegramGroups, ...zaloGroups].filter((lines) => lines.filter(isPost).length > 1).length,
    unknown: sandbox.journal.count({ kind: 'call', fault: 'cut-after', ok: true }),
    gone: refusedChats(sandbox, 403),
    moved: sandbox.telegram.chats().filter(({ type, bot }) => type === 'group' && bot === 'left').length,
    heads: reached(heads),
    relayed: heads.filter((lines) => repliedAfter(lines, isPost)).length,
    loudspeaker: reached(loud),
    readAloud: loud.filter((lines) => repliedAfter(lines, isPost)).length,
    residentsIn: residents.map((actor) => updatesFrom(sandbox, actor)).reduce((sum, count) => sum + count, 0),
    residentsOut: chatsOf(residents)
      .flat()
      .filter((line) => line.fromBot).length,
    cases: heard(/^Phường đã nhận phản ánh/u),
    rated: heard(/xin khép lại ở đây/u),
    // What Zalo refused comes later under the day for which it was meant.
    reminded: heard(/^(?:Tin ngày .*\n)?(?:Anh|Chị) [^]*\n(?:1 Đã xem · |\d+ Đã xem$)/u),
    escalated: heard(
      /^(?:Tin ngày .*\n)?(?:Anh|Chị|Ông|Báo cáo Chủ tịch)[ :][^]*(?: · 2 Tôi sẽ hỏi · |\n\d+ Đã biết$)/u,
    ),
    windowClosed: sandbox.journal.count({ platform: 'zalo', kind: 'call', errorCode: WINDOW_CLOSED }),
    acknowledged: heard(/^Đã ghi: \S+ đã xem/u),
    done: heard(/^Đã ghi là xong/u),
    messages:
      fromBot.length + [...telegramGroups, ...zaloGroups].flat().filter((line) => line.fromBot).length,
  };
}

function telegramLines({ telegram }: Sandbox, chatId: number): readonly Line[] {
  return telegram
    .messages(chatId)
    .filter(({ kind }) => kind !== 'service')
    .map(({ fromBot, text }) => ({ fromBot, text }));
}

function zaloLines({ zalo }: Sandbox, chatId: string): readonly Line[] {
  return zalo
    .messages()
    .filter((message) => message.chatId === chatId)
    .map(({ from, text }) => ({ fromBot: from === 'oa', text: text ?? '' }));
}

function linesOf(sandbox: Sandbox, { platform, chatId }: Actor): readonly Line[] {
  return platform === 'telegram' ? telegramLines(sandbox, Number(chatId)) : zaloLines(sandbox, chatId);
}

/** Did the person say "1" after the post had come? */
function repliedAfter(lines: readonly Line[], isPost: (line: Line) => boolean): boolean {
  const at = lines.findIndex(isPost);
  return at >= 0 && lines.slice(at).some(({ fromBot, text }) => !fromBot && text === '1');
}

/** Everything that the platform told the bot of this person: messages, taps, following. */
function updatesFrom({ journal }: Sandbox, { platform, chatId }: Actor): number {
  return journal.count({ kind: 'update', platform, chatId });
}

function refusedChats({ journal }: Sandbox, errorCode: number): number {
  const refused = journal.entries({ platform: 'telegram', kind: 'call', errorCode });
  return new Set(refused.map(({ chatId }) => chatId)).size;
}
