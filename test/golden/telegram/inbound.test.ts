import { describe, expect, it } from 'vitest';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import cases from './inbound.json' with { type: 'json' };

describe('telegram updates', () => {
  it.each(cases)('means what was agreed: $label', ({ update, inbound }) => {
    expect(telegramInbound(update)).toEqual(inbound);
  });

  it('has no marked caption where formatting is named but no words came', () => {
    const inbound = telegramInbound({
      update_id: 1,
      message: {
        message_id: 2,
        date: 1_764_000_000,
        chat: { id: 3, type: 'private' },
        photo: [{ file_id: 'p', width: 1, height: 1 }],
        caption_entities: [{ type: 'bold', offset: 0, length: 4 }],
      },
    });
    expect(inbound).toMatchObject({ event: { content: { kind: 'file' } } });
    expect(inbound).not.toHaveProperty('event.content.markedCaption');
  });

  it('dates a tap by its arrival, since Telegram does not', () => {
    const tap = cases.find((one) => one.label === 'tap');
    expect(telegramInbound(tap?.update, 1_764_000_123_000)).toMatchObject({
      event: { sentAtMs: 1_764_000_123_000 },
    });
  });
});
