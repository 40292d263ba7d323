import { describe, expect, it } from 'vitest';
import { changeDuty } from '#src/app/duties/change-duty.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { reachUnreached } from '#src/app/duties/reach-unreached.ts';
import { tellWaitingDuties } from '#src/app/duties/tell-waiting-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { DeliveryState } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { admin, at, chair, dung, dutyWorld, head, member } from './duty-world.ts';

const FIRST = '2024-04-16 07:30';
const SECOND = '2024-04-26 07:30';
const chat = { platform: 'zalo', chatId: 'z-dung' } as const;
const officers: ChatRef = { platform: 'zalo', chatId: 'g-officers' };

type Setting = Awaited<ReturnType<typeof dutyWorld>>;

async function opened(...staff: readonly StaffMember[]): Promise<Setting> {
  const setting = await dutyWorld({ nowMs: at('2024-04-01 07:30'), staff });
  await openPlanDuties(setting.app);
  return setting;
}

const heard = ({ app }: Setting, day: string): Promise<unknown> =>
  app.conversations.save({ ...newConversation(chat, at(day)), heardAtMs: at(day) }, 0);

const addGroup = ({ app }: Setting): Promise<unknown> =>
  app.destinations.upsert({
    kind: 'group',
    chat: officers,
    title: 'Cán bộ phường',
    neighbourhood: null,
    audience: 'officers',
    state: 'active',
  });

/** The reminder of that instant comes to nothing; who is told instead, and what. */
async function lost(setting: Setting, now: string, state: DeliveryState = 'gone') {
  const { app, world, rows, textOf } = setting;
  world.nowMs = at(now);
  await tickDuties(app);
  for (const id of rows.filter((row) => row.endsWith('.dung')))
    await app.deliveries.change(id, ['pending'], { state });
  const before = rows.length;
  await reachUnreached(app);
  await reachUnreached(app);
  const told = rows.slice(before).map(async (id) => {
    const target = (await app.deliveries.get(id))?.target;
    return [target?.kind === 'chat' ? target.chat.chatId : id, await textOf(id)] as const;
  });
  return Object.fromEntries(await Promise.all(told));
}

describe('a reminder that did not arrive', () => {
  it('goes to the next address of the same person, with its answers', async () => {
    const telegram = { platform: 'telegram', chatId: 't-dung' } as const;
    const setting = await opened({ ...dung, contacts: [telegram, chat] }, head, chair, admin);
    const told = await lost(setting, FIRST);
    expect(Object.keys(told)).toEqual(['z-dung']);
    expect(told['z-dung']).toMatch(/^Anh Dũng: Báo cáo kết quả/u);
    expect(told['z-dung']).toContain('1 Đã xem');
  });

  it('becomes a line in the group of officers that tells nothing of it', async () => {
    const setting = await opened(dung, head, chair, admin);
    await addGroup(setting);
    await heard(setting, '2024-04-08 07:30');
    const told = await lost(setting, FIRST);
    expect(told).toEqual({
      'g-officers': 'Anh Dũng: kênh của phường có tin riêng cho anh. Nhờ anh nhắn số 1 riêng cho kênh.',
    });
  });

  it('is told to the admins as well once the person has been silent for long, and each day anew', async () => {
    const setting = await opened(dung, head, chair, admin);
    await addGroup(setting);
    await heard(setting, '2024-04-08 07:30');
    await lost(setting, FIRST);
    const told = await lost(setting, SECOND);
    expect(Object.keys(told).sort()).toEqual(['g-officers', 'z-quan']);
    expect(told['z-quan']).toBe(
      'Anh Quân: tin nhắc việc không đến được anh Dũng (Trần Tiến Dũng). Nhờ anh gọi điện, nói anh Dũng nhắn số 1 riêng cho kênh.',
    );
  });

  it('is told to the admins where there is no such group', async () => {
    const setting = await opened(dung, head, chair, admin);
    await heard(setting, '2024-04-08 07:30');
    expect(Object.keys(await lost(setting, FIRST))).toEqual(['z-quan']);
  });

  it('is not told again where it may have arrived', async () => {
    const setting = await opened(dung, head, chair, admin);
    expect(await lost(setting, FIRST, 'unknown')).toEqual({});
  });

  it('is an error in the log where nobody at all can be told', async () => {
    const setting = await opened(dung, head, chair);
    const errors: string[] = [];
    setting.app.log.error = (_fields, message) => errors.push(message);
    expect(await lost(setting, FIRST)).toEqual({});
    expect(errors).toEqual(['a reminder reaches nobody']);
  });
});

describe('an officer who writes again after the window had shut', () => {
  const writes = async (setting: Setting, now: string): Promise<readonly string[]> => {
    setting.world.nowMs = at(now);
    const before = setting.rows.length;
    const conversation = {
      ...newConversation(chat, at('2024-04-08 07:30')),
      heardAtMs: at('2024-04-08 07:30'),
    };
    await tellWaitingDuties(setting.app, conversation);
    await tellWaitingDuties(setting.app, conversation);
    return Promise.all(setting.rows.slice(before).map(setting.textOf));
  };
  const refused = async (setting: Setting): Promise<void> => {
    for (const now of [FIRST, SECOND]) {
      setting.world.nowMs = at(now);
      await tickDuties(setting.app);
    }
    for (const id of setting.rows.filter((row) => row.endsWith('.dung'))) {
      await setting.app.deliveries.lease({
        platform: 'zalo',
        lane: 'reminder',
        nowMs: setting.world.nowMs,
        limit: 9,
        token: 'token',
        realNowMs: 0,
        leaseMs: 1,
      });
      await setting.app.deliveries.settle([{ id, state: 'gone', detail: 'window-closed' }], 'token');
    }
  };

  it('gets the last reminder of each open duty, with its day, once', async () => {
    const setting = await opened(dung, head, chair, admin);
    await refused(setting);
    const [text = '', ...more] = await writes(setting, '2024-04-27 07:30');
    expect(more).toEqual([]);
    expect(text).toMatch(/^Tin ngày 26\/4 chưa đến được:\nAnh Dũng: Báo cáo kết quả/u);
  });

  it('hears nothing of what was given to somebody else meanwhile', async () => {
    const nam = member('nam', { name: 'Bùi Văn Nam' });
    const setting = await opened(dung, head, chair, admin, nam);
    await refused(setting);
    const change = { kind: 'assign', toId: 'nam' } as const;
    await changeDuty(setting.app, { id: 'o', dutyId: 'DL-2.2024', change, by: head, reason: 'đi công tác' });
    expect(await writes(setting, '2024-04-27 07:30')).toEqual([]);
  });

  it('hears nothing of what somebody has done meanwhile', async () => {
    const setting = await opened(dung, head, chair, admin);
    await refused(setting);
    const duty = await setting.app.duties.get('DL-2.2024');
    if (!duty) throw new Error('no duty');
    await setting.app.duties.save({ ...duty, state: 'done', rev: duty.rev + 1 }, duty.rev);
    expect(await writes(setting, '2024-04-27 07:30')).toEqual([]);
  });
});
