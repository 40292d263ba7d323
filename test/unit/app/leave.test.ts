import { beforeEach, describe, expect, it } from 'vitest';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { plan, posts } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
});

const LEAVE = { from: '2024-03-20', to: '2024-03-25' };

async function say(chatId: string, words: string): Promise<string> {
  await world.receive(chatId, { kind: 'text', text: words });
  await world.handle(chatId);
  return world.toldTo(chatId).at(-1) ?? '';
}

describe('leave', () => {
  it('of somebody who approves nothing is noted, shown to all who work here, and taken back', async () => {
    await world.join('dung', ['handler'], 'office');
    await world.join('ha', ['editor'], 'culture-information');
    expect(await say('dung', 'nghỉ từ 20/3 đến 25/3')).toBe('Đã ghi: anh dung nghỉ từ 20/3 đến hết 25/3.');
    expect(await say('ha', 'ai nghỉ')).toContain('Nguyễn Văn dung: nghỉ từ 20/3 đến hết 25/3');
    expect(await say('dung', 'đi làm lại')).toContain('đi làm lại');
    expect(await say('ha', 'ai nghỉ')).toContain('Chưa ai');
  });

  it('of an approver asks who stands in, whom one number names, who is told, and who is the deputy next time', async () => {
    await world.join('binh', ['approver'], 'chairperson');
    const dung = await world.join('dung', ['leader'], 'office');
    expect(await say('binh', 'nghỉ đến 25/3')).toContain('1 Nguyễn Văn dung');
    const effect = { kind: 'choose-deputy', deputyId: dung.id } as const;
    await world.commit('binh', effect);
    await runEffects(world.app, 'telegram:binh');
    expect(world.toldTo('binh').at(-1)).toContain('anh dung duyệt bài thay');
    expect(world.toldTo('dung').at(-1)).toContain('nhờ anh dung duyệt bài và gửi tin khẩn thay');
    expect(await say('dung', 'ai nghỉ')).toContain('anh dung thay');
    expect(await say('binh', 'nghỉ đến 27/3')).toContain('anh dung duyệt bài thay');
  });

  it('takes the deputy that the plan names, and another one if wanted', async () => {
    const deputies = [{ unit: 'chairperson', deputy: 'office' }];
    const named = { ...plan, broadcasting: { ...plan.broadcasting, deputies } };
    await world.app.plans.import(named, posts, 1);
    await world.join('an', ['leader'], 'culture-information');
    const dung = await world.join('dung', ['leader'], 'office');
    const binh = await world.join('binh', ['approver'], 'chairperson');
    await world.commit('binh', { kind: 'take-leave', leave: LEAVE });
    await runEffects(world.app, 'telegram:binh');
    expect(world.toldTo('binh').at(-1)).toContain('anh dung duyệt bài thay');
    expect(world.toldTo('binh').at(-1)).toContain('1 Nguyễn Văn an');
    expect(await world.app.staff.get(binh.id)).toMatchObject({ leave: LEAVE, deputyId: dung.id });
  });

  it('says so where nobody can stand in', async () => {
    await world.join('binh', ['approver'], 'chairperson');
    expect(await say('binh', 'nghỉ đến 25/3')).toContain('bài vẫn hỏi anh');
  });
});
