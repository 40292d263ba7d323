import { describe, expect, it } from 'vitest';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { parseZaloJson } from '#src/channels/zalo/json.ts';
import cases from './inbound.json' with { type: 'json' };

describe('zalo events', () => {
  it.each(cases)('mean what was agreed: $label', ({ raw, inbound }) => {
    expect(zaloInbound(parseZaloJson(raw))).toEqual(inbound);
    expect(zaloInbound(parseZaloJson(Buffer.from(raw)))).toEqual(inbound);
  });
});
