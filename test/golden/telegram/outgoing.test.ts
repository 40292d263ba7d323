import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelegramApi } from '#src/channels/telegram/api.ts';
import { createTelegramChannel } from '#src/channels/telegram/send.ts';
import type { Channel } from '#src/app/ports/channel.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';
import { parseMultipart } from '#dev/sandbox/core/multipart.ts';
import { readFileSync } from 'node:fs';
import {
  closedPortUrl,
  startScriptedServer,
  type ScriptedReply,
  type ScriptedServer,
  type SeenRequest,
} from '#test/unit/channels/scripted-server.ts';

interface File {
  readonly contentType: string;
  readonly text: string;
}

interface Case {
  readonly label: string;
  readonly call: 'send' | 'edit';
  readonly chat: ChatRef;
  readonly message: OutboundMessage;
  readonly externalId?: string;
  readonly media?: File | readonly File[];
  readonly reply: ScriptedReply | 'closed-port' | null;
  /** The one request, exactly; null when none may be made. */
  readonly request: unknown;
  readonly outcome: SendOutcome;
}

const TOKEN = '123456789:AAHbd5example_of-a-token0123456789abc';
const file = new URL('outgoing.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function shapeOf(seen: SeenRequest): unknown {
  const method = seen.path.replace(`/bot${TOKEN}/`, '');
  const type = seen.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return { method, body: JSON.parse(seen.raw.toString()) as unknown };
  const parts = parseMultipart(seen.raw, type);
  const uploads = [...(parts?.files.values() ?? [])].map((upload) => ({
    field: upload.fieldName,
    name: upload.fileName,
    text: upload.data.toString(),
  }));
  if (parts?.fields['media'] === undefined) return { method, fields: parts?.fields, file: uploads[0] };
  // The names under which an album refers to its files are drawn anew for each call.
  const named = uploads.map((upload, index) => ({ ...upload, field: `file-${String(index)}` }));
  const media = uploads.reduce(
    (json, upload, index) => json.replace(`attach://${upload.field}`, `attach://file-${String(index)}`),
    parts.fields['media'],
  );
  return { method, fields: { ...parts.fields, media: JSON.parse(media) as unknown }, files: named };
}

describe('telegram calls', () => {
  let server: ScriptedServer;
  let nobodyUrl: string;

  const channelAt = (apiRoot: string): Channel =>
    createTelegramChannel({
      api: createTelegramApi({ token: TOKEN, apiRoot }),
      username: 'loa_bot',
      log: silent,
      sendTimeoutMs: 300,
    });

  beforeAll(async () => {
    server = await startScriptedServer(() => ({ kind: 'cut' }));
    nobodyUrl = await closedPortUrl();
  });
  afterAll(() => server.stop());

  it.each(cases)('$label', async ({ call, chat, message, externalId, media, reply, request, outcome }) => {
    const before = server.seen.length;
    if (reply !== null && reply !== 'closed-port') server.script(reply);
    const channel = channelAt(reply === 'closed-port' ? nobodyUrl : server.url);
    const files = (media === undefined ? [] : [media].flat()).map(({ text, contentType }) => ({
      bytes: Buffer.from(text),
      contentType,
    }));
    const result =
      call === 'send'
        ? await channel.send(chat, message, files)
        : await channel.edit(chat, externalId ?? '', message);
    expect(server.seen.slice(before).map(shapeOf)).toEqual(request === null ? [] : [request]);
    expect(result).toEqual(outcome);
  });
});
