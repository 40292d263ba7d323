import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '#dev/sandbox/index.ts';
import type { World } from '#dev/world/world.ts';
import { importGroupFile } from '#src/main/commands/people.ts';

/** A group of residents on one of the platforms, as the sandbox made it. */
export interface Group {
  readonly title: string;
  /** As the platform names it at first; a Telegram group that becomes a supergroup changes it. */
  readonly chatId: string;
  readonly neighbourhood: string;
}

export interface Groups {
  readonly telegram: readonly Group[];
  readonly zalo: readonly Group[];
  /** The one that will become a supergroup: of the old kind. */
  readonly moving: Group;
  readonly leaving: Group;
  /** The one whose send is cut in the middle. */
  readonly cut: Group;
  /** Those that the admin confirms in chat. */
  readonly confirmed: readonly [Group, Group];
  /** Who made the Telegram groups. */
  readonly ownerId: string;
}

const TELEGRAM_GROUPS = 8;
const ZALO_GROUPS = 6;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Eight groups on Telegram with the bot in them, six of the OA on Zalo. */
export function makeGroups({ telegram, zalo }: Sandbox): Groups {
  const owner = telegram.createPerson('Chủ nhóm');
  const onTelegram = numbers(TELEGRAM_GROUPS).map((number): Group => {
    const title = `Bà con Khu ${String(number)}`;
    const chatId = telegram.createGroup(title, { kind: number === 2 ? 'group' : 'supergroup' });
    telegram.join(owner, chatId);
    telegram.addBot(chatId, owner);
    return { title, chatId: String(chatId), neighbourhood: `khu-${String(number)}` };
  });
  const onZalo = numbers(ZALO_GROUPS).map((number): Group => {
    const title = `Tin phường · Khu ${String(number)}`;
    const { groupId } = zalo.createGroup(title);
    return { title, chatId: groupId, neighbourhood: `khu-${String(number)}` };
  });
  return {
    telegram: onTelegram,
    zalo: onZalo,
    moving: at(onTelegram, 1),
    leaving: at(onTelegram, 4),
    cut: at(onZalo, 3),
    confirmed: [at(onTelegram, 0), at(onZalo, 0)],
    ownerId: owner.id,
  };
}

function at(groups: readonly Group[], index: number): Group {
  const group = groups[index];
  if (!group) throw new Error(`no group ${String(index)}`);
  return group;
}

/** What an operator does with `loa groups import`: all but those that the admin confirms in chat. */
export async function importGroupsAsOperator({ runtime }: World, groups: Groups): Promise<string> {
  const rows = (channel: string, list: readonly Group[]): readonly string[] =>
    list
      .filter((group) => !groups.confirmed.includes(group))
      .map((group) => [channel, group.chatId, group.title, group.neighbourhood, 'residents'].join(','));
  const folder = mkdtempSync(join(tmpdir(), 'loa-phuong-demo-'));
  try {
    const file = join(folder, 'nhom.csv');
    const head = 'channel,chat_id,title,khu_pho,kind';
    const lines = [head, ...rows('telegram', groups.telegram), ...rows('zalo', groups.zalo)];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const answer = await importGroupFile(runtime.core, file);
    if (!answer.ok) throw new Error(answer.lines.join('\n'));
    return answer.lines.join(' ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
