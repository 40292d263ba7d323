import { describe, expect, it } from 'vitest';
import { answerDuty } from '#src/app/duties/answer-duty.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { admin, at, chair, dung, dutyWorld, head, member } from './duty-world.ts';

const LEAVE = { from: '2024-04-15', to: '2024-04-19' };
/** The first reminder of DL-2 in 2024, and the next one after everybody is back. */
const FIRST = '2024-04-16 07:30';
const SECOND = '2024-04-26 07:30';
const away = (id: string, deputyId?: string) =>
  member(id, { name: 'Trần Tiến Dũng', leave: LEAVE, ...(deputyId !== undefined && { deputyId }) });
const mai = member('mai', { name: 'Đỗ Thị Mai' });

async function opened(...staff: readonly StaffMember[]) {
  const setting = await dutyWorld({ nowMs: at('2024-04-01 07:30'), staff });
  await openPlanDuties(setting.app);
  return setting;
}

/** Who was told what at an instant. */
async function toldAt(
  { app, world, rows, textOf }: Awaited<ReturnType<typeof opened>>,
  now: string,
): Promise<Readonly<Record<string, string>>> {
  world.nowMs = at(now);
  const before = rows.length;
  await tickDuties(app);
  const told = rows.slice(before).map(async (id) => [id.split('.').at(-1) ?? '', await textOf(id)] as const);
  return Object.fromEntries(await Promise.all(told));
}

describe('a reminder', () => {
  it('says beforehand who above will be told, which are those whom the next one then tells', async () => {
    const whom = async (...staff: readonly StaffMember[]) => {
      const setting = await opened(...staff);
      const { dung: words = '' } = await toldAt(setting, FIRST);
      const said = /chưa có trả lời, tin tự động báo (.*)\./u.exec(words)?.[1] ?? null;
      return [said, Object.keys(await toldAt(setting, SECOND)).filter((id) => id !== 'dung')];
    };
    expect(await whom(dung, head, chair)).toEqual(['phụ trách', ['hoa']]);
    expect(await whom(dung, chair)).toEqual(['Chủ tịch', ['thang']]);
    expect(await whom(dung, { ...head, contacts: [] }, chair)).toEqual(['Chủ tịch', ['thang']]);
    expect(await whom(dung, { ...head, contacts: [] })).toEqual([null, []]);
  });
});

describe('a reminder for somebody who is away', () => {
  it('goes to the deputy, says in whose place, and the deputy answers it', async () => {
    const setting = await opened(away('dung', 'mai'), mai, head, chair);
    const told = await toldAt(setting, FIRST);
    expect(Object.keys(told)).toEqual(['mai']);
    expect(told['mai']).toContain('thay anh Dũng đang nghỉ');
    const chat = { platform: 'zalo', chatId: 'z-mai' } as const;
    const context = { id: 'seen', conversation: newConversation(chat, setting.world.nowMs) };
    await answerDuty(setting.app, context, {
      kind: 'duty-action',
      dutyId: 'DL-2.2024',
      action: 'acknowledge',
    });
    expect(await setting.app.duties.get('DL-2.2024')).toMatchObject({ state: 'acknowledged' });
  });

  it('comes to themselves again once they are back', async () => {
    const setting = await opened(away('dung', 'mai'), mai, head, chair);
    await toldAt(setting, FIRST);
    const told = await toldAt(setting, SECOND);
    expect(told['dung']).toMatch(/^Anh Dũng: /);
    expect(told['mai']).toBeUndefined();
  });

  it('goes to the deputy of a deputy who is away too', async () => {
    const lan = member('lan', { leave: LEAVE, deputyId: 'mai' });
    const setting = await opened(away('dung', 'lan'), lan, mai, head, chair);
    expect(Object.keys(await toldAt(setting, FIRST))).toEqual(['mai']);
  });

  it('goes up to the head where nobody stands in, and where those who do stand in for each other', async () => {
    const alone = await opened(away('dung'), head, chair);
    const told = await toldAt(alone, FIRST);
    expect(Object.keys(told)).toEqual(['hoa']);
    expect(told['hoa']).toContain('Người được giao chưa nhận được tin');
    const each = await opened(
      away('dung', 'lan'),
      member('lan', { leave: LEAVE, deputyId: 'dung' }),
      head,
      chair,
    );
    expect(Object.keys(await toldAt(each, FIRST))).toEqual(['hoa']);
  });

  it('goes up to the head when they have left the office for good', async () => {
    const setting = await opened(dung, head, chair);
    setting.world.staff = setting.world.staff.map((one) =>
      one.id === 'dung' ? { ...one, active: false } : one,
    );
    expect(Object.keys(await toldAt(setting, FIRST))).toEqual(['hoa']);
  });

  it('asked for help goes to the deputy of a head who is away, and further up where that is who asks', async () => {
    const asked = async (deputyId: string, ...others: readonly StaffMember[]) => {
      const setting = await opened(dung, { ...head, leave: LEAVE, deputyId }, chair, ...others);
      setting.world.nowMs = at('2024-04-16 09:00');
      const conversation = newConversation({ platform: 'zalo', chatId: 'z-dung' }, setting.world.nowMs);
      const effect = { kind: 'duty-action', dutyId: 'DL-2.2024', action: 'help' } as const;
      await answerDuty(setting.app, { id: 'help', conversation }, effect);
      const target = (await setting.app.deliveries.get('help.help'))?.target;
      return [target?.kind === 'chat' && target.chat.chatId, await setting.textOf('help')];
    };
    expect(await asked('mai', mai)).toEqual(['z-mai', expect.stringContaining('Đã báo anh Mai')]);
    expect(await asked('dung')).toEqual(['z-thang', expect.stringContaining('Đã báo anh Thắng')]);
  });

  it('that nobody of the chain can hear is told to the admin, once', async () => {
    const gone = [away('dung'), { ...head, contacts: [] }, { ...chair, leave: LEAVE }];
    const setting = await opened(...gone, admin);
    const told = await toldAt(setting, FIRST);
    expect(Object.keys(told)).toEqual(['quan']);
    expect(told['quan']).toContain('chưa ai nhận được tin nhắc');
    expect(await toldAt(setting, '2024-04-16 08:10')).toEqual({});
  });

  it('is not answered by somebody who stands in for nobody of the chain', async () => {
    const setting = await opened(away('dung', 'mai'), mai, member('lan'), head, chair);
    await toldAt(setting, FIRST);
    const conversation = newConversation({ platform: 'zalo', chatId: 'z-lan' }, setting.world.nowMs);
    const effect = { kind: 'duty-action', dutyId: 'DL-2.2024', action: 'done' } as const;
    await answerDuty(setting.app, { id: 'not-mine', conversation }, effect);
    expect(await setting.textOf('not-mine')).toContain('đang giao người khác');
    expect((await setting.app.duties.get('DL-2.2024'))?.state).toBe('open');
  });
});
