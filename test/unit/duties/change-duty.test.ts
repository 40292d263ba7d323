import { beforeEach, describe, expect, it } from 'vitest';
import { addDuty } from '#src/app/duties/add-duty.ts';
import { createAuditor } from '#src/app/duties/audit-duties.ts';
import { answerDuty } from '#src/app/duties/answer-duty.ts';
import { assignDuty, pickAssignee } from '#src/app/duties/assign-duty.ts';
import { changeDuty } from '#src/app/duties/change-duty.ts';
import type { WantedChange } from '#src/domain/duties/change-duty.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { admin, at, chair, dung, dutyWorld, head, human, member } from './duty-world.ts';

const nam = member('nam', { name: 'Bùi Văn Nam' });
const outsider = member('ngoc', { name: 'Đinh Thị Ngọc', roles: ['leader'], unitId: 'urban-environment' });
/** The reminders of DL-2 in 2024: 14, 7, 3 and 1 working days before 9/5, and twice on the day. */
const RUNGS = ['2024-04-16 07:30', '2024-04-26 07:30', '2024-05-06 07:30', '2024-05-08 07:30'] as const;
const DL2 = 'DL-2.2024';

let setting: Awaited<ReturnType<typeof dutyWorld>>;
beforeEach(async () => {
  setting = await dutyWorld({
    nowMs: at('2024-04-01 07:30'),
    staff: [dung, head, chair, admin, nam, outsider],
  });
  await openPlanDuties(setting.app);
});

const ordered = (change: WantedChange, by: StaffMember = head, id = `order-${change.kind}`, dutyId = DL2) =>
  changeDuty(setting.app, { id, dutyId, change, by, reason: 'anh Dũng đi công tác.' });

/** Whom something was said to, and what, by everything that runs in `act`. */
async function toldBy(act: () => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  const before = setting.rows.length;
  await act();
  const told = setting.rows.slice(before).map(async (id) => {
    const target = (await setting.app.deliveries.get(id))?.target;
    const who = target?.kind === 'chat' ? target.chat.chatId.replace('z-', '') : id;
    return [who, await setting.textOf(id)] as const;
  });
  return Object.fromEntries(await Promise.all(told));
}

const tickAt = (now: string) =>
  toldBy(async () => {
    setting.world.nowMs = at(now);
    await tickDuties(setting.app);
  });

describe('a duty given to somebody else', () => {
  it('is told at once to both, with the reason; who has it now can answer', async () => {
    const told = await toldBy(() => ordered({ kind: 'assign', toId: 'nam' }));
    expect(told['nam']).toMatch(
      /^Anh Nam: Báo cáo kết quả .* 6 tháng nay giao anh, hạn cuối thứ Năm 09\/5\. .*Lý do: anh Dũng đi công tác\. Xong thì báo số và ngày văn bản\.\n/u,
    );
    expect(told['nam']).toContain('1 Đã xem');
    expect(told['dung']).toMatch(
      /nay giao anh Nam, anh không phải làm nữa\. Lý do: anh Dũng đi công tác\.$/u,
    );
  });

  it('in the middle of its escalation asks the new one first, and climbs from there', async () => {
    await tickAt(RUNGS[0]);
    const second = await tickAt(RUNGS[1]);
    expect(Object.keys(second).sort()).toEqual(['dung', 'hoa']);
    await ordered({ kind: 'assign', toId: 'nam' });
    const third = await tickAt(RUNGS[2]);
    expect(Object.keys(third)).toEqual(['nam']);
    const fourth = await tickAt(RUNGS[3]);
    expect(Object.keys(fourth).sort()).toEqual(['hoa', 'nam', 'thang']);
    expect(fourth['hoa']).toContain('Đã nhắc anh Nam 1 lần, chưa trả lời.');
  });

  it('is done once however often the order comes, and is kept on record', async () => {
    await ordered({ kind: 'assign', toId: 'nam' });
    const again = await toldBy(() => ordered({ kind: 'assign', toId: 'nam' }));
    expect(again).toEqual({});
    const duty = await setting.app.duties.get(DL2);
    expect(duty?.history.filter(({ action }) => action === 'assigned')).toEqual([
      expect.objectContaining({ by: 'hoa', from: 'dung', reason: 'anh Dũng đi công tác.' }),
    ]);
  });

  it('is nobody’s own head', async () => {
    await ordered({ kind: 'assign', toId: 'hoa' }, chair);
    expect(await setting.app.duties.get(DL2)).toMatchObject({ responsibleId: 'hoa', headId: null });
  });
});

describe('“Giao người khác”', () => {
  const chatOf = (one: StaffMember) => one.contacts[0] ?? { platform: 'zalo', chatId: '' };
  const from = (one: StaffMember, id: string) => ({
    id,
    conversation: newConversation(chatOf(one), setting.world.nowMs),
  });

  it('names who can be reached, the unit’s own first, and gives the duty to whom was picked, once', async () => {
    const asked = await toldBy(() => pickAssignee(setting.app, from(chair, 'e1'), DL2));
    expect(asked['thang']).toMatch(/^Giao Báo cáo kết quả .* cho ai\? Hạn cuối thứ Năm 09\/5\./u);
    const row = await setting.app.deliveries.get('e1');
    expect(row?.prompt?.choices.map(({ value }) => value)).toEqual(['nam', 'hoa', 'ngoc', 'quan']);

    const effect = { kind: 'assign-duty', dutyId: DL2, toId: 'nam', reason: 'anh Dũng ốm' } as const;
    const told = await toldBy(async () => {
      await assignDuty(setting.app, from(chair, 'e2'), effect);
      await assignDuty(setting.app, from(chair, 'e2'), effect);
    });
    expect(Object.keys(told).sort()).toEqual(['dung', 'nam', 'thang']);
    expect(told['thang']).toMatch(/^Đã giao anh Nam: Báo cáo .* Đã báo anh Nam và anh Dũng\.$/u);
    expect(await setting.app.duties.get(DL2)).toMatchObject({ responsibleId: 'nam', state: 'open' });
  });

  it('says whom the bot told and whom the leader has to tell', async () => {
    const given = async (id: string): Promise<string> => {
      const effect = { kind: 'assign-duty', dutyId: DL2, toId: 'nam', reason: 'anh Dũng ốm' } as const;
      const told = await toldBy(() => assignDuty(setting.app, from(chair, id), effect));
      return (told['thang'] ?? '').replace(/^.* Hạn cuối thứ Năm 09\/5\. /u, '');
    };
    setting.world.staff = [{ ...dung, contacts: [] }, head, chair, admin, nam];
    expect(await given('e1')).toBe('Đã báo anh Nam. Tin không đến được anh Dũng, nhờ anh nói giúp.');

    const duty = await setting.app.duties.get(DL2);
    if (!duty) throw new Error('no duty');
    await setting.app.duties.save({ ...duty, responsibleId: null, rev: duty.rev + 1 }, duty.rev);
    expect(await given('e2')).toBe('Đã báo anh Nam.');
  });

  it('is not for everybody, and not for what is done', async () => {
    const effect = { kind: 'assign-duty', dutyId: DL2, toId: 'nam', reason: 'x' } as const;
    const refused = await toldBy(() => assignDuty(setting.app, from(dung, 'e1'), effect));
    expect(refused['dung']).toContain('Việc này đang giao người khác');
    await ordered({ kind: 'cancel' });
    const late = await toldBy(() => assignDuty(setting.app, from(chair, 'e2'), effect));
    expect(late['thang']).toMatch(/^Việc này đã thôi, không phải làm nữa: Báo cáo kết quả /u);
  });
});

describe('a duty moved to another day', () => {
  it('is reminded of by the plan’s ladder before the new day, under the old rungs no more, each rung once', async () => {
    await tickAt(RUNGS[0]);
    const told = await toldBy(() => ordered({ kind: 'move', dueDate: '2024-06-14' }));
    expect(told['dung']).toContain('đổi hạn, nay hạn cuối thứ Sáu 14/6');
    expect(await tickAt(RUNGS[1])).toEqual({});
    const duty = await setting.app.duties.get(DL2);
    expect(human(duty?.rungs[0]?.atMs ?? 0)).toBe('2024-05-27 07:30');
    expect(await tickAt('2024-05-27 07:30')).toHaveProperty('dung');
  });

  it('is not missing to the auditor, who knows it under its new day', async () => {
    await ordered({ kind: 'move', dueDate: '2024-06-14' });
    setting.world.nowMs = at('2024-04-15 07:20');
    const told = await toldBy(createAuditor(setting.app));
    expect(told['quan']).toBe('Anh Quân: 30 ngày tới không có việc nào đến hạn.');
  });

  it('into the past, or to the day it has, stays where it is', async () => {
    expect(await ordered({ kind: 'move', dueDate: '2024-03-01' })).toEqual({ kind: 'no-change' });
    expect(await ordered({ kind: 'move', dueDate: '2024-05-09' })).toEqual({ kind: 'no-change' });
  });
});

describe('a duty called off', () => {
  it('is told to who had it, and never reminded of again', async () => {
    const told = await toldBy(() => ordered({ kind: 'cancel' }));
    expect(told['dung']).toMatch(/ 6 tháng không phải làm nữa\. Lý do: anh Dũng đi công tác\.$/u);
    expect(await tickAt(RUNGS[0])).toEqual({});
    expect(await ordered({ kind: 'assign', toId: 'nam' })).toEqual({ kind: 'not-open' });
  });
});

describe('the order', () => {
  it.each([
    ['of another unit’s leader', outsider],
    ['of whoever has the duty', dung],
  ])('%s changes nothing', async (_, by) => {
    expect(await ordered({ kind: 'cancel' }, by)).toEqual({ kind: 'not-allowed' });
    expect(await setting.app.duties.get(DL2)).toMatchObject({ state: 'open' });
  });

  it('for somebody or something unknown says so', async () => {
    expect(await ordered({ kind: 'assign', toId: 'x' })).toEqual({ kind: 'unknown-staff' });
    expect(await ordered({ kind: 'cancel' }, head, 'o', 'DL-9')).toEqual({ kind: 'unknown-duty' });
  });
});

describe('a duty that a leader adds', () => {
  const added = (over: Partial<Parameters<typeof addDuty>[1]> = {}) =>
    addDuty(setting.app, {
      id: 'a1',
      title: 'Niêm yết quyết định ở nhà văn hóa',
      obligationId: null,
      dueDate: '2024-04-26',
      toId: 'dung',
      by: head,
      reason: 'họp giao ban ngày 1/4',
      ...over,
    });

  it('is told at once, reminded of by the usual ladder, and climbs', async () => {
    const told = await toldBy(added);
    expect(told['dung']).toContain('Niêm yết quyết định ở nhà văn hóa nay giao anh, hạn cuối thứ Sáu 26/4');
    const duty = await setting.app.duties.get('TV-a1.2024-04-26');
    expect(duty).toMatchObject({ responsibleId: 'dung', headId: 'hoa', chairpersonId: 'thang' });
    expect(human(duty?.nextAtMs ?? 0)).toBe('2024-04-05 07:30');
    expect(Object.keys(await tickAt('2024-04-05 07:30'))).toEqual(['dung']);
    expect(Object.keys(await tickAt('2024-04-16 07:30')).sort()).toContain('hoa');
  });

  it('takes the words of the plan where it names a paragraph of it', async () => {
    const answer = await added({ title: null, obligationId: 'II2-2' });
    expect(answer.kind === 'added' && answer.duty.title.length).toBeGreaterThan(20);
    expect(await added({ obligationId: 'II9-9' })).toEqual({ kind: 'unknown-obligation' });
  });

  it('says why it was not added', async () => {
    expect(await added({ title: ' ' })).toEqual({ kind: 'no-title' });
    expect(await added({ dueDate: '2024-03-29' })).toEqual({ kind: 'past' });
    expect(await added({ by: outsider })).toEqual({ kind: 'not-allowed' });
    expect(await added({ toId: 'nobody' })).toEqual({ kind: 'unknown-staff' });
  });
});

describe('what has to be done before a duty', () => {
  const FIRST = 'NV-8.DL-2.2024';
  const days = async () =>
    Promise.all(
      [DL2, FIRST].map(async (id) => human((await setting.app.duties.get(id))?.dueAtMs ?? 0).slice(0, 10)),
    );
  beforeEach(async () => {
    const { app } = setting;
    const whole = await app.duties.get(DL2);
    if (!whole) throw new Error('no duty');
    const precedes = { dutyId: DL2, workingDays: 5 };
    const unitId = 'urban-environment';
    await app.duties.open({
      ...whole,
      id: FIRST,
      ruleId: 'NV-8',
      title: 'Lấy ý kiến',
      unitId,
      responsibleId: 'nam',
      precedes,
    });
  });

  it('moves along by as many working days, whoever may move the whole, and both who have them are told', async () => {
    const told = await toldBy(() => ordered({ kind: 'move', dueDate: '2024-05-24' }));
    expect(await days()).toEqual(['2024-05-24', '2024-05-17']);
    expect(told['dung']).toContain('6 tháng đổi hạn');
    expect(told['nam']).toContain('Lấy ý kiến đổi hạn, nay hạn cuối thứ Sáu 17/5.');
    expect(await toldBy(() => ordered({ kind: 'move', dueDate: '2024-05-24' }))).toEqual({});
  });

  it('never moves into the past', async () => {
    await ordered({ kind: 'move', dueDate: '2024-04-03' });
    expect(await days()).toEqual(['2024-04-03', '2024-04-01']);
  });

  it('is called off with it', async () => {
    await ordered({ kind: 'cancel' });
    expect((await setting.app.duties.get(FIRST))?.state).toBe('cancelled');
  });

  /** A part of the part, so that it hangs on the whole at second hand. */
  const PART = 'TV-p.2024-04-30';
  const partOfFirst = () =>
    addDuty(setting.app, {
      ...{ id: 'p', title: 'Gửi dự thảo', obligationId: null, dueDate: '2024-04-30', toId: 'dung' },
      ...{ partOf: FIRST, by: head, reason: 'chia việc' },
    });

  it('takes its own parts along: called off, and moved to no later day than it', async () => {
    await partOfFirst();
    await ordered({ kind: 'move', dueDate: '2024-05-03' });
    const part = await setting.app.duties.get(PART);
    expect([...(await days()), human(part?.dueAtMs ?? 0).slice(0, 10)]).toEqual([
      '2024-05-03',
      '2024-04-23',
      '2024-04-23',
    ]);
    await ordered({ kind: 'cancel' });
    expect((await setting.app.duties.get(PART))?.state).toBe('cancelled');
  });

  it('is told to whom it concerns, and goes on to its parts, where the first run died in between', async () => {
    await partOfFirst();
    const { app } = setting;
    const order = { id: 'c', dutyId: DL2, change: { kind: 'cancel' }, by: head, reason: 'x' } as const;
    let writes = 0;
    const insert: typeof app.deliveries.insert = (rows) => {
      writes += 1;
      return writes > 1 ? Promise.reject(new Error('killed')) : app.deliveries.insert(rows);
    };
    const dying = { ...app, deliveries: { ...app.deliveries, insert } };
    await expect(changeDuty(dying, order)).rejects.toThrow('killed');
    expect((await app.duties.get(FIRST))?.state).toBe('cancelled');
    const told = await toldBy(() => changeDuty(app, order));
    expect(told['nam']).toContain('Lấy ý kiến không phải làm nữa.');
    expect((await app.duties.get(PART))?.state).toBe('cancelled');
  });

  it('stays as it is where the whole changes hands', async () => {
    await ordered({ kind: 'assign', toId: 'nam' });
    expect((await setting.app.duties.get(FIRST))?.history).toHaveLength(1);
  });

  it('is named to whoever reports the whole done before it, and to those above', async () => {
    await tickAt('2024-04-16 07:30');
    await tickAt('2024-04-26 07:30');
    const conversation = { ...newConversation({ platform: 'zalo', chatId: 'z-dung' }, setting.world.nowMs) };
    const effect = { kind: 'duty-action', dutyId: DL2, action: 'done', proof: 'số 5/BC-UBND' } as const;
    const told = await toldBy(() => answerDuty(setting.app, { id: 'e1', conversation }, effect));
    expect(told['dung']).toContain('Việc phải làm trước chưa báo xong: Lấy ý kiến, hạn 09/5.');
    expect(told['hoa']).toContain('Việc phải làm trước chưa báo xong: Lấy ý kiến');
  });
});
