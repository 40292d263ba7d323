import { describe, expect, it } from 'vitest';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import cases from './inbound.json' with { type: 'json' };

describe('telegram updates', () => {
  it.each(cases)('means what was agreed: $label', ({ update, inbound }) => {
    expect(telegramInbound(update)).toEqual(inbound);
  });

  it('dates a tap by its arrival, since Telegram does not', () => {
    const tap = cases.find((one) => one.label === 'tap');
    expect(telegramInbound(tap?.update, 1_764_000_123_000)).toMatchObject({
      event: { sentAtMs: 1_764_000_123_000 },
    });
  });
});
