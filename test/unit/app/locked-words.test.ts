import { describe, expect, it } from 'vitest';
import { inviteStaff } from '#src/app/staff/invite-staff.ts';
import { plan } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

const WORDS = 'Tôi tố cáo ông Bình ăn chặn tiền hỗ trợ';

async function say(world: AppWorld, chatId: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await world.receive(chatId, { kind: 'text', text });
    await world.handle(chatId);
  }
}

const lastTo = (world: AppWorld, chatId: string): string => world.toldTo(chatId).at(-1) ?? '';
/** Opens each denunciation that there is, also those that the list would not have shown. */
async function open(world: AppWorld, chatId: string): Promise<void> {
  for (const { handle } of await world.app.denunciations.list(9)) {
    await world.commit(chatId, { kind: 'open-locked', handle });
    await world.handle(chatId);
  }
}

const handleShown = (world: AppWorld) =>
  world.rows.findLast((row) => row.message?.lockedHandle !== undefined);

describe('words of a denunciation', () => {
  it('leave the conversation at once, sealed, and the readers hear only the next morning that something waits', async () => {
    const world = await createAppWorld();
    await world.join('binh', ['chairperson'], 'chairperson');
    await world.join('lan', ['handler', 'leader', 'admin', 'approver'], 'office');
    await say(world, '42', 'đèn hỏng', WORDS, 'còn cả bà Cúc nữa');
    expect(JSON.stringify(await world.app.conversations.load('telegram:42'))).not.toMatch(/Bình|Cúc/u);
    expect(JSON.stringify([world.rows, world.logged, world.alerts])).not.toMatch(/Bình|Cúc/u);
    const [kept] = await world.app.denunciations.list(9);
    expect(kept?.matter.draft.text).toBe(`đèn hỏng\n${WORDS}\ncòn cả bà Cúc nữa`);
    expect(world.toldTo('binh')).toEqual([expect.stringContaining('tin khóa riêng')]);
    const notice = world.rows.find(({ id }) => id.startsWith('locked.'));
    expect(new Date(notice?.dueAtMs ?? 0).toISOString()).toBe('2024-03-19T01:00:00.000Z');
    expect(world.toldTo('lan')).toEqual([]);
  });

  it('are opened by the chairperson, by a handle alone, and each opening is in the records first', async () => {
    const world = await createAppWorld();
    const reader = await world.join('chu', ['chairperson'], 'chairperson');
    await say(world, '42', WORDS);
    await say(world, 'chu', 'tin khóa');
    expect(lastTo(world, 'chu')).toContain('1 Ngày 18/3');
    await open(world, 'chu');
    const row = handleShown(world);
    expect(row?.message?.text).toContain('đã ghi sổ');
    expect(JSON.stringify(row)).not.toContain('Bình');
    expect(world.stores.audit.entries).toContainEqual(
      expect.objectContaining({ by: reader.id, action: 'locked-read', subject: row?.message?.lockedHandle }),
    );
  });

  it('are opened with a word about photos that came along and were not kept', async () => {
    const world = await createAppWorld();
    await world.join('chu', ['chairperson'], 'chairperson');
    await world.receive('42', { kind: 'file', file: { kind: 'photo', ref: 'p1' }, caption: WORDS });
    await world.handle('42');
    await open(world, 'chu');
    expect(handleShown(world)?.message?.text).toContain('có gửi 1 ảnh hay tệp, máy không giữ');
  });

  it('are shown to no other officer, whose asking is in the records', async () => {
    const world = await createAppWorld();
    const other = await world.join('dung', ['handler', 'leader', 'admin'], 'office');
    await say(world, '42', WORDS);
    await say(world, 'dung', '/tinkhoa');
    expect(lastTo(world, 'dung')).toContain('cần người có phận sự');
    expect(world.stores.audit.entries).toEqual([
      expect.objectContaining({ by: other.id, action: 'locked-refused', subject: 'denunciations' }),
    ]);
  });

  it('go above whoever they may be about', async () => {
    const world = await createAppWorld();
    await world.join('chu', ['chairperson'], 'chairperson');
    await world.join('doc', ['denunciation-officer'], 'office');
    await say(world, '42', 'Tôi tố cáo cán bộ văn phòng vòi vĩnh');
    await say(world, '43', 'Tôi tố cáo ông chủ tịch nhận hối lộ');
    await open(world, 'chu');
    await open(world, 'doc');
    const opened = await Promise.all(
      world.rows.flatMap(({ message }) =>
        message?.lockedHandle === undefined ? [] : [world.app.denunciations.open(message.lockedHandle)],
      ),
    );
    expect(opened.map((row) => row?.matter.draft.text)).toEqual([
      'Tôi tố cáo cán bộ văn phòng vòi vĩnh',
      'Tôi tố cáo ông chủ tịch nhận hối lộ',
    ]);
    expect(world.stores.audit.entries.map(({ action }) => action).toSorted()).toEqual([
      'locked-read',
      'locked-read',
      'locked-refused',
      'locked-refused',
    ]);
  });

  it('come back to the form, and are kept no longer, when the person says that it is none', async () => {
    const world = await createAppWorld();
    await say(world, '42', WORDS, '3');
    expect(await world.app.denunciations.list(9)).toEqual([]);
    expect((await world.app.conversations.load('telegram:42'))?.flow).toMatchObject({
      draft: { text: WORDS },
    });
  });

  it('bring the blank form as a document', async () => {
    const world = await createAppWorld();
    await say(world, '42', WORDS, '1');
    const sent = world.rows.find((row) => row.message?.documentId !== undefined);
    const file = await world.app.media.get(sent?.message?.documentId ?? '');
    expect(sent?.message?.documentId).toMatch(/\/don-to-cao\.docx$/u);
    expect(Buffer.from(file?.bytes.slice(0, 2) ?? []).toString()).toBe('PK');
  });

  it('are neither carried over nor collected from a group', async () => {
    const world = await createAppWorld();
    await world.receive('-5', { kind: 'text', text: `#phananh ${WORDS}` }, 'group');
    await world.handle('-5');
    expect(world.toldTo('-5')).toEqual([expect.stringContaining('xin đừng viết trong nhóm')]);
    expect(await world.app.carriedWords.findOfSender('telegram', '7', 0)).toBeNull();
  });

  it('have one named officer to read them and no second', async () => {
    const world = await createAppWorld();
    await world.join('doc', ['denunciation-officer'], 'office');
    const second = {
      name: 'Hai',
      address: 'anh',
      roles: ['denunciation-officer'],
      unitId: 'office',
      neighbourhood: null,
    };
    expect(await inviteStaff(world.app, plan, second)).toEqual({
      kind: 'role-taken',
      value: 'denunciation-officer',
    });
  });
});
