import { afterEach, describe, expect, it } from 'vitest';

import { startStand } from './harness.ts';
import type { Answer, Stand } from './harness.ts';

describe('limits and faults of the Zalo sandbox', () => {
  let stand: Stand;
  afterEach(async () => stand.stop());

  const say = async (): Promise<Answer> => {
    const person = stand.zalo.person('person-1');
    return stand.post('/v3.0/oa/message/cs', {
      recipient: { user_id: person.userId },
      message: { text: 'x' },
    });
  };
  const begin = async (ratePerMinute = 100): Promise<void> => {
    stand = await startStand({ ratePerMinute });
    stand.zalo.follow(stand.zalo.createPerson('Lan'));
  };

  it('answers the call past the limit with -32 and HTTP 200, whatever the movable clock says', async () => {
    await begin(3);
    const answers = [await say(), await say(), await say()];
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remain'))).toEqual(['2', '1', '0']);
    expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('3');
    stand.core.clock.advanceMs(60_000);
    expect(await say()).toMatchObject({ status: 200, error: -32 });
    expect(stand.zalo.messagesTo('person-1')).toHaveLength(3);
  });

  it('delivers but cuts the answer off: the journal knows, the client does not', async () => {
    await begin();
    stand.core.faults.add({ platform: 'zalo', method: 'message/cs', action: { kind: 'cut-after' } });
    await expect(say()).rejects.toThrow();
    expect(stand.zalo.messagesTo('person-1')).toHaveLength(1);
    expect(stand.core.journal.entries({ method: 'message/cs' })).toMatchObject([
      { ok: true, fault: 'cut-after' },
    ]);
  });

  it('cuts before it processes: nothing is delivered', async () => {
    await begin();
    stand.core.faults.add({ platform: 'zalo', method: 'message/cs', action: { kind: 'cut-before' } });
    await expect(say()).rejects.toThrow();
    expect(stand.zalo.messagesTo('person-1')).toEqual([]);
    expect(stand.core.journal.entries({ method: 'message/cs' })).toMatchObject([
      { ok: false, fault: 'cut-before' },
    ]);
  });

  it('refuses by any code on demand, for one chat or for all', async () => {
    await begin();
    stand.zalo.refuseWith(-205, { chatId: stand.zalo.person('person-1').userId });
    expect(await say()).toMatchObject({ status: 200, error: -205 });
    stand.core.faults.add({ platform: 'zalo', action: { kind: 'rate-limit', retryAfterS: 1 } });
    expect(await say()).toMatchObject({ status: 200, error: -32 });
    stand.zalo.setOutage(-204);
    expect((await say()).error).toBe(-204);
    stand.zalo.setOutage(undefined);
    expect((await say()).error).toBe(0);
    const codes = stand.core.journal.entries({ method: 'message/cs' }).map((entry) => entry.errorCode);
    expect(codes).toEqual([-205, -32, -204, undefined]);
  });

  it('answers 404 to paths that the platform no longer has', async () => {
    await begin();
    const response = await fetch(`${stand.zalo.apiRoot()}/v3.0/oa/group/listgroup`);
    expect(response.status).toBe(404);
  });
});
