import { beforeEach, describe, expect, it } from 'vitest';
import { answerCase } from '#src/app/cases/answer-case.ts';
import { createCase } from '#src/app/cases/create-case.ts';
import { rateCase } from '#src/app/cases/rate-case.ts';
import { reopenCase } from '#src/app/cases/reopen-case.ts';
import { takeCase } from '#src/app/cases/take-case.ts';
import type { EffectContext } from '#src/app/inbound/reply.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { CaseDraft } from '#src/domain/conversation/types.ts';
import { createAppWorld, type AppWorld } from './app-world.ts';

const UNIT = 'urban-environment';
const draft: CaseDraft = {
  text: 'Đèn đường hỏng',
  placeText: 'Tổ 5 Khu 3',
  location: null,
  files: [],
  phone: '0912345678',
  categoryId: 'street-light',
};

let world: AppWorld;
let caseId: string;
let effects = 0;

/** The effect of somebody's tap; the same number is the same effect, run again. */
function from(chatId: string, effect = (effects += 1)): EffectContext {
  return {
    id: `telegram:${chatId}.${String(effect)}.0`,
    conversation: newConversation(world.chatOf(chatId), world.time.nowMs),
  };
}

beforeEach(async () => {
  world = await createAppWorld();
  await world.join('dung', ['handler'], UNIT);
  const context = from('resident');
  await createCase(world.app, context, draft);
  caseId = context.id;
});

const state = async () => (await world.app.cases.get(caseId))?.state;

describe('who may handle a case', () => {
  it.each([
    ['a handler of another unit', ['handler'], 'office'],
    ['an editor of the unit', ['editor'], UNIT],
    ['an inspector of the unit', ['inspector'], UNIT],
  ] as const)('%s neither takes nor answers it', async (_who, roles, unit) => {
    await world.join('other', roles, unit);
    await takeCase(world.app, from('other'), caseId);
    expect(await state()).toBe('new');
    await answerCase(world.app, from('other'), caseId, 'Đã thay bóng.');
    expect(await state()).toBe('new');
    expect(world.toldTo('resident')).toHaveLength(1);
    expect(world.toldTo('other')).toHaveLength(2);
  });

  it('a resident who meets the button cannot take it', async () => {
    await takeCase(world.app, from('resident'), caseId);
    expect(await state()).toBe('new');
  });

  it.each([
    ['a leader', 'leader'],
    ['an admin', 'admin'],
  ] as const)('%s of another unit takes and answers it', async (_who, role) => {
    await world.join('above', [role], 'office');
    await takeCase(world.app, from('above'), caseId);
    expect(await state()).toBe('taken');
    await answerCase(world.app, from('above'), caseId, 'Đã thay bóng.');
    expect(await state()).toBe('answered');
  });
});

describe('a case answered', () => {
  it('is answered once by two officers who write the same words', async () => {
    await world.join('ha', ['handler'], UNIT);
    await answerCase(world.app, from('dung'), caseId, 'Đã thay bóng.');
    await answerCase(world.app, from('ha'), caseId, 'Đã thay bóng.');
    expect(world.toldTo('resident').filter((text) => text.includes('Đã thay bóng.'))).toHaveLength(1);
    expect(world.toldTo('ha').at(-1)).toContain('không còn mở');
  });

  it('says the same when the same effect runs again', async () => {
    const effect = from('dung');
    await answerCase(world.app, effect, caseId, 'Đã thay bóng.');
    const told = world.rows.length;
    await answerCase(world.app, effect, caseId, 'Đã thay bóng.');
    expect(world.rows).toHaveLength(told);
  });

  it('cannot be taken any more, not even by who answered it', async () => {
    await answerCase(world.app, from('dung'), caseId, 'Đã thay bóng.');
    const told = world.toldTo('resident').length;
    await takeCase(world.app, from('dung'), caseId);
    expect(world.toldTo('dung').at(-1)).toContain('không còn mở');
    expect(world.toldTo('resident')).toHaveLength(told);
  });

  it('tells the resident each time that somebody looks into it: also after it was opened again', async () => {
    const looks = () => world.toldTo('resident').filter((text) => text.includes('cán bộ đã nhận')).length;
    const first = from('dung');
    await takeCase(world.app, first, caseId);
    await takeCase(world.app, first, caseId);
    await takeCase(world.app, from('dung'), caseId);
    expect(looks()).toBe(1);
    await answerCase(world.app, from('dung'), caseId, 'Đã thay bóng.');
    await reopenCase(world.app, from('resident'), caseId);
    await takeCase(world.app, from('dung'), caseId);
    expect(looks()).toBe(2);
  });
});

describe('whose word closes or reopens a case', () => {
  beforeEach(() => answerCase(world.app, from('dung'), caseId, 'Đã thay bóng.'));

  it('is the resident of the case alone', async () => {
    await rateCase(world.app, from('stranger'), caseId, 'satisfied');
    await reopenCase(world.app, from('stranger'), caseId);
    expect(await state()).toBe('answered');
    expect(world.toldTo('stranger').join()).not.toContain('0001');
    expect(world.toldTo('dung').join()).not.toContain('đánh giá');
  });

  it('counts once: a second rating neither changes the first nor is told to the officer', async () => {
    const effect = from('resident');
    await rateCase(world.app, effect, caseId, 'satisfied');
    await rateCase(world.app, effect, caseId, 'satisfied');
    await rateCase(world.app, from('resident'), caseId, 'acceptable');
    expect((await world.app.cases.get(caseId))?.rating).toBe('satisfied');
    expect(world.toldTo('dung').filter((text) => text.includes('đánh giá'))).toHaveLength(1);
  });

  it('is not thanked with "closed" where the case is open', async () => {
    await reopenCase(world.app, from('resident'), caseId);
    await rateCase(world.app, from('resident'), caseId, 'satisfied');
    expect(await state()).toBe('reopened');
    expect(world.toldTo('resident').at(-1)).not.toContain('khép lại');
    expect(world.toldTo('dung').join()).not.toContain('đánh giá');
  });

  it('opens it again once, however often the effect runs', async () => {
    const effect = from('resident');
    await reopenCase(world.app, effect, caseId);
    const told = world.rows.length;
    world.time.nowMs += 24 * 3_600_000;
    await reopenCase(world.app, effect, caseId);
    expect(world.rows).toHaveLength(told);
    await takeCase(world.app, from('dung'), caseId);
    await reopenCase(world.app, from('resident'), caseId);
    expect(await state()).toBe('taken');
    expect(world.toldTo('resident').at(-1)).not.toContain('đã mở lại');
  });
});

it('an answer is news, not a reply: it waits while its resident fills in another form', async () => {
  await answerCase(world.app, from('dung'), caseId, 'Đã thay bóng.');
  const row = world.rows.find(({ prompt }) => prompt?.subject.kind === 'case-rating');
  expect(row?.lane).toBe('reminder');
});

it('wakes nobody at night: news of a case waits until half past six, what people ask for themselves does not', async () => {
  const { app, time } = world;
  const evening = Date.parse('2024-03-18T22:15:00+07:00');
  time.nowMs = evening;
  const taken = from('dung');
  await takeCase(app, taken, caseId);
  const answered = from('dung');
  await answerCase(app, answered, caseId, 'Đã thay bóng.');
  const halfPastSix = Date.parse('2024-03-19T06:30:00+07:00');
  expect((await app.deliveries.get(`taken.${caseId}.1`))?.dueAtMs).toBe(halfPastSix);
  expect((await app.deliveries.get(`answer.${answered.id}`))?.dueAtMs).toBe(halfPastSix);
  expect((await app.deliveries.get(taken.id))?.dueAtMs).toBe(evening);
});
