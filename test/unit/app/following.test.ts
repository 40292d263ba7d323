import { beforeEach, describe, expect, it } from 'vitest';
import { createCase } from '#src/app/cases/create-case.ts';
import { followCase } from '#src/app/cases/follow-case.ts';
import { type CaseWorld, createCaseWorld, DOCUMENT, DRAFT } from './case-world.ts';

let world: CaseWorld;
let secondId: string;
beforeEach(async () => {
  world = await createCaseWorld();
  secondId = await world.report('neighbour', { text: 'đèn không sáng mấy hôm nay' });
});
const follow = (intoId = world.caseId) =>
  followCase(world.app, world.from('neighbour'), { kind: 'follow-case', caseId: secondId, intoId });

describe('a matter that somebody has reported before', () => {
  it('is a case all the same, and its sender is asked whether to follow the other one', async () => {
    expect((await world.matter(secondId)).state).toBe('new');
    expect(world.lastTo('neighbour')).toMatch(/Ở Khu 3 đã có người báo.*1 Theo dõi chung · 2 Để riêng/su);
    expect(world.toldTo('resident').join('\n')).not.toContain('đã có người báo');
  });

  it('says to its officers which other case it may be', () => {
    expect(world.lastTo('dung')).toContain('Có thể trùng việc 3-0001.');
  });

  it('says nothing of who reported it', () => {
    expect(world.lastTo('neighbour')).not.toMatch(/3-0001|0912|đầu ngõ/u);
  });

  it('is one with the other when its sender follows: one result goes to both', async () => {
    await world.act('dung', 'take');
    await follow();
    expect(await world.matter(secondId)).toMatchObject({ state: 'merged', mergedInto: world.caseId });
    expect(world.lastTo('neighbour')).toContain('gộp lại, làm một lần');
    expect(world.lastTo('dung')).toContain('Việc 3-0002 đã gộp vào việc 3-0001');
    await world.act('dung', 'propose', { words: 'Đã thay bóng.', evidence: DOCUMENT });
    expect(world.lastTo('neighbour')).toContain('Đã thay bóng.');
  });

  it('stays a case of its own where the other one has ended meanwhile, or is followed twice', async () => {
    await world.resident('withdraw');
    await follow();
    expect((await world.matter(secondId)).state).toBe('new');
    expect(world.lastTo('neighbour')).toContain('phường làm riêng việc này');
  });

  it('is never merged by anybody but its sender', async () => {
    await followCase(world.app, world.from('resident'), {
      kind: 'follow-case',
      caseId: secondId,
      intoId: world.caseId,
    });
    expect((await world.matter(secondId)).state).toBe('new');
  });

  it('is asked about once, however often the effect runs, and not of who wrote both or has no chat here', async () => {
    const context = world.from('third');
    for (let time = 0; time < 2; time += 1) await createCase(world.app, context, DRAFT);
    const asked = (chatId: string) => world.toldTo(chatId).filter((text) => text.includes('đã có người báo'));
    expect(asked('third')).toHaveLength(1);
    const alone = await createCaseWorld();
    await alone.report('resident');
    expect(alone.toldTo('resident').join('\n')).not.toContain('đã có người báo');
    await createCase(world.app, world.from('anonymous'), DRAFT, { isAnonymous: true });
    expect(asked('anonymous')).toEqual([]);
  });
});
