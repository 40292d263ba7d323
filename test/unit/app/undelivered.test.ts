import { beforeEach, describe, expect, it } from 'vitest';
import { sayToResident } from '#src/app/cases/say-to-resident.ts';
import { createCase } from '#src/app/cases/create-case.ts';
import { settleAnswer } from '#src/app/cases/settle-answer.ts';
import { tellUndelivered } from '#src/app/cases/tell-undelivered.ts';
import type { EffectContext } from '#src/app/inbound/reply.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { DeliveryState } from '#src/domain/outbound.ts';
import { Person } from '#test/support/conversation.ts';
import { createAppWorld, type AppWorld } from './app-world.ts';

const UNIT = 'urban-environment';
let world: AppWorld;
let answerId: string;
let effects = 0;

function from(chatId: string, effect = (effects += 1)): EffectContext {
  return {
    id: `telegram:${chatId}.${String(effect)}.0`,
    conversation: newConversation(world.chatOf(chatId), world.time.nowMs),
  };
}

beforeEach(async () => {
  world = await createAppWorld();
  await world.join('dung', ['handler'], UNIT);
  await world.join('mai', ['admin'], 'office');
  const created = from('resident');
  const draft = { text: 'Đèn hỏng', placeText: 'Khu 3', location: null, files: [], phone: '0912345678' };
  await createCase(world.app, created, { ...draft, categoryId: 'street-light' });
  const answered = from('dung');
  await sayToResident(world.app, answered, created.id, 'Đã thay bóng.');
  answerId = `answer.${answered.id}`;
});

async function comesTo(state: DeliveryState): Promise<void> {
  await world.app.deliveries.change(answerId, ['pending'], { state });
}
const notices = (chatId: string) => world.toldTo(chatId).filter((text) => text.includes('lời trả lời'));

describe('an answer that did not reach its resident', () => {
  it.each<DeliveryState>(['gone', 'rejected', 'unknown'])(
    '%s: its handler hears of it, once',
    async (state) => {
      await comesTo(state);
      const before = notices('dung').length;
      await tellUndelivered(world.app);
      await tellUndelivered(world.app);
      expect(notices('dung')).toHaveLength(before + 1);
      expect(notices('dung').at(-1)).toMatch(/3-0001.*0912345678/su);
      expect(notices('mai')).toEqual([]);
      expect(JSON.stringify(world.logged)).not.toMatch(/0912345678|thay bóng/u);
    },
  );

  it('is told to the admins without the number when its handler is out of reach', async () => {
    await comesTo('gone');
    const staff = { ...world.app.staff, get: () => Promise.resolve(null) };
    await tellUndelivered({ ...world.app, staff });
    expect(notices('mai')).toHaveLength(1);
    expect(notices('mai')[0]).not.toContain('0912345678');
  });

  it('is no news while it waits or when it has arrived', async () => {
    await tellUndelivered(world.app);
    await comesTo('sent');
    await tellUndelivered(world.app);
    expect(world.toldTo('mai')).toEqual([]);
    expect(world.toldTo('dung').at(-1)).toContain('Đã gửi lời trả lời');
  });

  it('goes out again when the handler says so, and is told again when that fails, too', async () => {
    await comesTo('gone');
    await tellUndelivered(world.app);
    const effect = from('dung');
    await settleAnswer(world.app, effect, answerId, false);
    expect((await world.app.deliveries.get(answerId))?.state).toBe('pending');
    for (const { id } of world.rows.filter((row) => row.id !== answerId))
      await world.app.deliveries.change(id, ['pending'], { state: 'sent' });
    await world.app.deliveries.lease({
      ...{ platform: 'telegram', lane: 'reminder', nowMs: world.time.nowMs, limit: 10 },
      ...{ token: 't', realNowMs: 0, leaseMs: 1 },
    });
    await world.app.deliveries.markSending([answerId], 't');
    await world.app.deliveries.settle([{ id: answerId, state: 'unknown' }], 't');
    await settleAnswer(world.app, effect, answerId, false);
    expect((await world.app.deliveries.get(answerId))?.state).toBe('unknown');
    const before = notices('dung').length;
    await tellUndelivered(world.app);
    expect(notices('dung')).toHaveLength(before + 1);
  });

  it('is sent again by nobody who may not handle the case, and not after it was opened again', async () => {
    await comesTo('unknown');
    await world.join('other', ['handler'], 'office');
    await settleAnswer(world.app, from('other'), answerId, false);
    await settleAnswer(world.app, from('resident'), answerId, false);
    await settleAnswer(world.app, from('dung'), answerId, true);
    expect((await world.app.deliveries.get(answerId))?.state).toBe('unknown');
  });

  it('can be settled by a handler, whose buttons reach the effect', async () => {
    const handler = await world.join('ha', ['handler'], UNIT);
    const person = new Person({ staff: handler });
    const choices = [{ number: '1', value: 'resend', label: 'Gửi lại' }];
    const subject = { kind: 'unknown-delivery', deliveryId: answerId } as const;
    const prompts = [{ id: 'u', subject, choices, askedAtMs: 0 }];
    person.conversation = { ...person.conversation, prompts };
    expect(person.say('1')).toEqual([{ kind: 'settle-unknown', deliveryId: answerId, seen: false }]);
  });
});
