import { describe, expect, it } from 'vitest';
import { answerDuty } from '#src/app/duties/answer-duty.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import { createDutyClock, tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { admin, at, chair, dung, dutyWorld, head, human, member } from './duty-world.ts';

type Setting = Awaited<ReturnType<typeof dutyWorld>>;
type DutyEffect = Omit<Extract<Effect, { kind: 'duty-action' }>, 'kind' | 'dutyId'>;

async function opened(now: string, staff?: readonly StaffMember[]): Promise<Setting> {
  const setting = await dutyWorld({ nowMs: at(now), ...(staff ? { staff } : {}) });
  await openPlanDuties(setting.app);
  return setting;
}

async function tickAt(setting: Setting, now: string): Promise<readonly string[]> {
  setting.world.nowMs = at(now);
  const before = setting.rows.length;
  await tickDuties(setting.app);
  return setting.rows.slice(before);
}

/** Runs one answer as an effect of the person's chat and gives back what the bot said to them. */
async function answers(
  setting: Setting,
  who: StaffMember,
  effect: DutyEffect,
  id = `${who.id}-${String(setting.world.nowMs)}`,
): Promise<string> {
  const chat = who.contacts[0] ?? { platform: 'zalo' as const, chatId: 'nobody' };
  const context = { id, conversation: newConversation(chat, setting.world.nowMs) };
  await answerDuty(setting.app, context, { kind: 'duty-action', dutyId: 'DL-2.2024', ...effect });
  return setting.textOf(id);
}

describe('opening the plan’s duties', () => {
  it('is safe to repeat, and opens next year’s when the year ends', async () => {
    const setting = await opened('2024-03-01 07:30');
    expect((await openPlanDuties(setting.app)).opened).toEqual([]);
    setting.world.nowMs = at('2024-11-20 07:30');
    expect((await openPlanDuties(setting.app)).opened).toEqual(['DL-2.2025', 'DL-3.2025']);
  });

  it('gives a duty to whoever joins later, without a new import', async () => {
    const setting = await dutyWorld({ nowMs: at('2024-03-01 07:30'), staff: [] });
    const tick = createDutyClock(setting.app);
    await tick();
    expect((await setting.app.duties.get('DL-2.2024'))?.responsibleId).toBeNull();
    setting.world.staff.push(dung, head);
    await tick();
    const duty = await setting.app.duties.get('DL-2.2024');
    expect([duty?.responsibleId, duty?.headId, duty?.chairpersonId]).toEqual(['dung', 'hoa', null]);
  });

  it('that fails holds up no reminder, is told as an error, and is tried again', async () => {
    const setting = await opened('2024-04-01 07:30');
    setting.world.nowMs = at('2024-04-16 07:30');
    let isBroken = true;
    let opens = 0;
    const tick = createDutyClock(setting.app, () => {
      opens += 1;
      return isBroken ? Promise.reject(new Error('no opening')) : Promise.resolve();
    });
    await expect(tick()).rejects.toThrow('no opening');
    expect(setting.rows).toEqual(['duty.2024-04-16.1.dung']);
    isBroken = false;
    await tick();
    await tick();
    expect(opens).toBe(2);
  });

  it('lets people see what is to come', async () => {
    const setting = await opened('2024-05-07 07:30');
    const fromMs = setting.app.clock.nowMs();
    const coming = await previewReminders(setting.app, fromMs, fromMs + 24 * 3_600_000);
    expect(coming.map(({ kind, atMs }) => `${kind} ${human(atMs)}`)).toContain('remind 2024-05-08 07:30');
  });
});

describe('a tick', () => {
  it('asks the responsible person in words they can answer by number', async () => {
    const setting = await opened('2024-04-01 07:30');
    expect(await tickAt(setting, '2024-04-16 07:30')).toEqual(['duty.2024-04-16.1.dung']);
    const row = await setting.app.deliveries.get('duty.2024-04-16.1.dung');
    expect(row).toMatchObject({
      lane: 'reminder',
      prompt: { subject: { kind: 'duty', dutyId: 'DL-2.2024', reminders: ['DL-2.2024.0'] } },
    });
    expect(row?.message?.text).toBe(
      'Anh Dũng: Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng, gửi UBND thành phố (qua Phòng Nội vụ), ' +
        'hạn cuối thứ Năm 09/5. Còn 14 ngày làm việc. ' +
        'Nếu đến 7 giờ 30 ngày 26/4 chưa có trả lời, tin tự động báo phụ trách.\n\n' +
        '1 Đã xem · 2 Để sau · 3 Đã làm xong · 4 Cần hỗ trợ',
    );
  });

  it('escalates to the head and reports to the chairperson in their own words', async () => {
    const setting = await opened('2024-04-01 07:30');
    for (const day of ['04-16', '04-26', '05-06']) await tickAt(setting, `2024-${day} 07:30`);
    expect(await setting.textOf('duty.2024-05-06.1.hoa')).toContain('Đã nhắc anh Dũng 2 lần, chưa trả lời');
    const words = await setting.textOf('duty.2024-05-06.1.thang');
    expect(words).toMatch(/^Báo cáo Chủ tịch: Báo cáo kết quả/);
    expect(words).toContain('Chưa ai xác nhận. Đã nhắc anh Dũng 2 lần, phụ trách 1 lần.');
    expect(words).toContain('1 Giao người khác · 2 Tôi sẽ hỏi · 3 Đã biết');
  });

  it('says how late a duty is, and that it is late itself', async () => {
    const setting = await opened('2024-05-09 00:00');
    for (const time of ['07:30', '15:00']) await tickAt(setting, `2024-05-09 ${time}`);
    const [id = ''] = await tickAt(setting, '2024-05-11 10:00');
    expect(await setting.textOf(id)).toContain('hạn 09/5, đã quá 2 ngày');
    expect(await setting.textOf(id)).toContain('Tin này đến muộn, lẽ ra lúc 7 giờ 30 ngày 10/5.');
  });

  it('that comes in the night reminds in the morning', async () => {
    const setting = await opened('2024-04-01 07:30');
    const [id = ''] = await tickAt(setting, '2024-04-16 22:10');
    expect(human((await setting.app.deliveries.get(id))?.dueAtMs ?? 0)).toBe('2024-04-17 06:30');
  });

  it('killed between the rows and the duty sends each reminder once', async () => {
    const setting = await opened('2024-04-01 07:30');
    await tickAt(setting, '2024-04-16 07:30');
    const dying = {
      ...setting.app,
      duties: { ...setting.app.duties, saveAll: () => Promise.reject(new Error('killed')) },
    };
    setting.world.nowMs = at('2024-04-26 07:30');
    await tickDuties(dying);
    await tickDuties(dying);
    setting.world.nowMs = at('2024-04-26 08:03');
    await tickDuties(setting.app);
    await tickDuties(setting.app);
    expect(setting.rows).toEqual([
      'duty.2024-04-16.1.dung',
      'duty.2024-04-26.1.dung',
      'duty.2024-04-26.1.hoa',
    ]);
  });

  it('killed before the rows loses nothing', async () => {
    const setting = await opened('2024-04-01 07:30');
    const dying = {
      ...setting.app,
      deliveries: { ...setting.app.deliveries, insert: () => Promise.reject(new Error('killed')) },
    };
    setting.world.nowMs = at('2024-04-16 07:30');
    expect((await tickDuties(dying)).reminders).toBe(0);
    await tickDuties(setting.app);
    expect(setting.rows).toEqual(['duty.2024-04-16.1.dung']);
  });

  it('writes what it has to say to everybody at once', async () => {
    const setting = await opened('2024-04-01 07:30');
    await tickAt(setting, '2024-04-16 07:30');
    const writes: number[] = [];
    const { deliveries } = setting.app;
    const insert: typeof deliveries.insert = (rows) => (writes.push(rows.length), deliveries.insert(rows));
    setting.world.nowMs = at('2024-04-26 07:30');
    await tickDuties({ ...setting.app, deliveries: { ...deliveries, insert } });
    expect(writes).toEqual([2]);
    expect(setting.rows.slice(1)).toEqual(['duty.2024-04-26.1.dung', 'duty.2024-04-26.1.hoa']);
  });

  it('that cannot put one person’s reminder into words tells the others, and that person when it can', async () => {
    const setting = await opened('2024-04-01 07:30');
    await tickAt(setting, '2024-04-16 07:30');
    const failing: typeof setting.app.texts.render = (ref) => {
      if (ref.key === 'duty.head') throw new Error('no words');
      return setting.app.texts.render(ref);
    };
    setting.world.nowMs = at('2024-04-26 07:30');
    await tickDuties({ ...setting.app, texts: { ...setting.app.texts, render: failing } });
    expect(setting.rows.slice(1)).toEqual(['duty.2024-04-26.1.dung']);
    await tickDuties(setting.app);
    expect(setting.rows.slice(1)).toEqual(['duty.2024-04-26.1.dung', 'duty.2024-04-26.1.hoa']);
  });

  it('of two processes at once reminds once', async () => {
    const setting = await opened('2024-04-01 07:30');
    setting.world.nowMs = at('2024-04-16 07:30');
    await Promise.all([tickDuties(setting.app), tickDuties(setting.app)]);
    expect(setting.rows).toEqual(['duty.2024-04-16.1.dung']);
    expect((await setting.app.duties.get('DL-2.2024'))?.nextRung).toBe(1);
  });

  it('tells the admin when nobody of the chain has joined', async () => {
    const absent = member('dung', { contact: false });
    const setting = await opened('2024-04-01 07:30', [absent, admin]);
    expect(await tickAt(setting, '2024-04-16 07:30')).toEqual(['duty.DL-2.2024.0.nobody.quan']);
    expect(await setting.textOf('duty.DL-2.2024.0.nobody.quan')).toContain('chưa ai nhận được tin nhắc');
  });

  it('writes what is overdue only to people’s own chats', async () => {
    const setting = await opened('2024-05-09 00:00');
    for (const day of ['09', '10', '13', '14']) await tickAt(setting, `2024-05-${day} 15:00`);
    const contacts = [dung, head, chair, admin].map((one) => one.contacts[0]?.chatId);
    for (const id of setting.rows) {
      const row = await setting.app.deliveries.get(id);
      expect(row?.target.kind).toBe('chat');
      expect(contacts).toContain(row?.target.kind === 'chat' ? row.target.chat.chatId : null);
    }
  });
});

describe('an answer in chat', () => {
  async function reminded(): Promise<Setting> {
    const setting = await opened('2024-04-01 07:30');
    await tickAt(setting, '2024-04-16 07:30');
    setting.world.nowMs = at('2024-04-16 09:00');
    return setting;
  }

  it('“Đã xem” is noted, once, with who it was', async () => {
    const setting = await reminded();
    expect(await answers(setting, dung, { action: 'acknowledge' }, 'e1')).toContain('Đã ghi: anh đã xem');
    await answers(setting, dung, { action: 'acknowledge' }, 'e1');
    const duty = await setting.app.duties.get('DL-2.2024');
    expect(duty?.history.filter((entry) => entry.action === 'acknowledged')).toHaveLength(1);
    expect(duty).toMatchObject({ state: 'acknowledged', acknowledgedAtMs: at('2024-04-16 09:00') });
  });

  it('“Để sau” says when, and when less was possible', async () => {
    const setting = await reminded();
    expect(
      await answers(setting, dung, { action: 'snooze', untilMs: at('2024-04-17 07:30') }, 'e1'),
    ).toContain('Sẽ nhắc lại lúc 7 giờ 30 thứ Tư 17/4');
    setting.world.nowMs = at('2024-05-08 16:00');
    expect(
      await answers(setting, dung, { action: 'snooze', untilMs: at('2024-05-10 07:30') }, 'e2'),
    ).toContain('chỉ lùi được đến 7 giờ 30 thứ Năm 09/5');
  });

  it('“Đã làm xong” ends the duty and repeats the document as it was understood', async () => {
    const setting = await reminded();
    const said = await answers(setting, dung, { action: 'done', proof: 'số 125/BC-UBND hôm qua' });
    expect(said).toContain('Văn bản: 125/BC-UBND, 15/04/2024.');
    expect(await tickAt(setting, '2024-05-13 07:30')).toEqual([]);
    expect(await answers(setting, dung, { action: 'help' })).toContain('đã xong rồi');
  });

  it('“Đã làm xong” keeps what shows it, and tells whoever heard that nobody answered', async () => {
    const setting = await reminded();
    await tickAt(setting, '2024-04-26 07:30');
    const jpeg = { bytes: new Uint8Array([1]), contentType: 'image/jpeg' };
    setting.zalo.files.set('p', jpeg);
    const files = [{ kind: 'photo', ref: 'p' }] as const;
    const done = { action: 'done', proof: 'số 125 ngày 25/4', files } as const;
    const said = await answers(setting, dung, done, 'e1');
    expect(said).toMatch(/Văn bản: 125, 25\/04\/2024\. Đã lưu 1 ảnh, tệp kèm theo\.$/u);
    await answers(setting, dung, done, 'e1');

    const duty = await setting.app.duties.get('DL-2.2024');
    expect(duty?.proofFileIds).toHaveLength(1);
    const [photoId = ''] = duty?.proofFileIds ?? [];
    expect(await setting.app.media.get(photoId)).toEqual(jpeg);
    expect(setting.rows.filter((id) => id.startsWith('e1.done.'))).toEqual(['e1.done.hoa']);
    expect(await setting.textOf('e1.done.hoa')).toMatch(
      /^Anh Hoa: anh Dũng báo đã xong Báo cáo .* 6 tháng\. Văn bản/u,
    );
    expect((await setting.app.deliveries.get('e1.done.hoa'))?.message?.photoIds).toEqual([photoId]);
  });

  it('“Đã làm xong” bothers nobody above who has not heard of it', async () => {
    const setting = await reminded();
    await answers(setting, dung, { action: 'done' }, 'e1');
    expect(setting.rows.filter((id) => id.startsWith('e1.done.'))).toEqual([]);
  });

  it('“Cần hỗ trợ” reaches the head, and the chairperson when there is none', async () => {
    const setting = await reminded();
    expect(await answers(setting, dung, { action: 'help' }, 'e1')).toContain(
      'Đã báo anh Hoa là anh cần hỗ trợ',
    );
    expect(await setting.textOf('e1.help')).toContain('anh Dũng cần hỗ trợ việc');
    setting.world.staff.splice(setting.world.staff.indexOf(head), 1);
    expect(await answers(setting, dung, { action: 'help' }, 'e2')).toContain('Đã báo anh Thắng');
    expect(await setting.textOf('e2.help')).toContain('Báo cáo Chủ tịch');
  });

  it('meets the tick without being lost', async () => {
    const setting = await reminded();
    const { duties } = setting.app;
    let raced = false;
    const app = {
      ...setting.app,
      duties: {
        ...duties,
        save: async (duty: Parameters<typeof duties.save>[0], rev: number) => {
          if (!raced) {
            raced = true;
            const stored = await duties.get(duty.id);
            if (stored) await duties.save({ ...stored, rev: stored.rev + 1 }, stored.rev);
          }
          return duties.save(duty, rev);
        },
      },
    };
    await answers({ ...setting, app }, dung, { action: 'acknowledge' });
    expect((await duties.get('DL-2.2024'))?.state).toBe('acknowledged');
  });

  it('of somebody else changes nothing', async () => {
    const setting = await reminded();
    const other = member('khac', { roles: ['handler'], unitId: 'finance' });
    setting.world.staff.push(other);
    expect(await answers(setting, other, { action: 'done' })).toContain('đang giao người khác');
    expect((await setting.app.duties.get('DL-2.2024'))?.state).toBe('open');
  });
});
