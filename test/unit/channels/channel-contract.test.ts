import type { FetchedFile } from '#src/app/ports/channel.ts';
import { steadyMs } from '#src/app/ports/steady.ts';
import { createTelegramApi, getTelegramUsername } from '#src/channels/telegram/api.ts';
import { createTelegramChannel } from '#src/channels/telegram/send.ts';
import { createZaloApi } from '#src/channels/zalo/api.ts';
import { createZaloHttp } from '#src/channels/zalo/http.ts';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { parseZaloJson } from '#src/channels/zalo/json.ts';
import { createZaloChannel } from '#src/channels/zalo/send.ts';
import { createZaloTokenKeeper } from '#src/channels/zalo/token-keeper.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { SendOutcome } from '#src/domain/outbound.ts';
import { startSandbox, type FaultAction } from '#dev/sandbox/index.ts';
import { FakeChannel } from '#test/support/fake-channel.ts';
import {
  describeChannel,
  leavesAt,
  type ChannelStand,
  type ContractFault,
} from '#test/contract/channel-contract.ts';
import { MemoryTokenStore } from './memory-token-store.ts';

const TIMEOUT_MS = 400;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One grey point. */
const photo: FetchedFile = {
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNoaGj4DwAFhAKAjM1mJgAAAABJRU5ErkJggg==',
    'base64',
  ),
  contentType: 'image/png',
};

type Scripted = Exclude<ContractFault, 'blocked' | 'wrong-token'>;

const ACTIONS: Readonly<Record<Scripted, FaultAction>> = {
  'rate-limited': { kind: 'rate-limit', retryAfterS: 3 },
  'server-error': { kind: 'status', status: 502, body: '<html>' },
  unreadable: { kind: 'bad-json' },
  'cut-after-delivery': { kind: 'cut-after' },
  silent: { kind: 'drop' },
};

async function telegramStand(): Promise<ChannelStand> {
  const sandbox = await startSandbox();
  const { telegram, faults } = sandbox;
  const person = telegram.createPerson('Lan');
  const chatId = telegram.openPrivate(person);
  const groupId = telegram.createGroup('Khu phố 3');
  telegram.join(person, groupId);
  telegram.addBot(groupId, person);
  const bytes = Buffer.from('%PDF-1.4 giấy tờ');
  const sent = await telegram.sendDocument(person, chatId, { data: bytes, fileName: 'a.pdf' });
  const api = createTelegramApi({ token: telegram.token, apiRoot: telegram.apiRoot });
  const username = await getTelegramUsername(api);
  const channel = createTelegramChannel({ api, username, log: silent, sendTimeoutMs: TIMEOUT_MS });
  return {
    channel,
    person: { platform: 'telegram', chatId: String(chatId) },
    group: { platform: 'telegram', chatId: String(groupId) },
    fail(fault) {
      if (fault === 'blocked') {
        telegram.block(person);
        return;
      }
      const refused = { ok: false, error_code: 401, description: 'Unauthorized' };
      const action: FaultAction =
        fault === 'wrong-token' ? { kind: 'status', status: 401, body: refused } : ACTIONS[fault];
      faults.add({ platform: 'telegram', chatId, action });
    },
    async goAway() {
      await sandbox.stop();
      // A kept socket whose end was not noticed yet makes the next call `unknown`, and rightly so.
      api.close();
    },
    seen: (chat) =>
      telegram
        .messages(Number(chat.chatId))
        .filter((message) => message.fromBot && message.kind !== 'service')
        .map((message) => ({
          text: message.text,
          hasPhoto: message.kind === 'photo',
          bold: message.entities
            .filter((entity) => entity.type === 'bold')
            .map(({ offset, length }) => message.text.slice(offset, offset + length)),
        })),
    sentFile: () => ({ file: { kind: 'document', ref: sent.file?.file_id ?? '' }, bytes }),
    async stop() {
      api.close();
      await sandbox.stop();
    },
  };
}

async function zaloStand(): Promise<ChannelStand> {
  const sandbox = await startSandbox();
  const { zalo, faults, clock } = sandbox;
  const person = zalo.createPerson('Lan');
  zalo.follow(person);
  const group = zalo.createGroup('Khu phố 3', [person]);
  const bytes = Buffer.from('%PDF-1.4 giấy tờ');
  zalo.sendFile(person, 'a.pdf', { bytes });
  const http = createZaloHttp({ timeoutMs: TIMEOUT_MS });
  const pair = zalo.issueTokens();
  const keeper = createZaloTokenKeeper({
    http,
    oauthUrl: zalo.apiRoot(),
    appId: zalo.settings.appId,
    appSecret: zalo.settings.appSecret,
    store: new MemoryTokenStore({
      ...pair,
      expiresAtMs: clock.nowMs() + 25 * 3_600_000,
      generation: 1,
      state: 'good',
    }),
    clock,
    alerts: { raise: () => Promise.resolve() },
    log: silent,
    tokens: { next: () => 'claim' },
  });
  const api = createZaloApi({ http, keeper, apiUrl: zalo.apiRoot() });
  const channel = createZaloChannel({ api, http, oaId: zalo.settings.oaId, clock, allowsHttpFiles: true });
  const groupChat: ChatRef = { platform: 'zalo', chatId: `g:${group.groupId}` };
  return {
    channel,
    person: { platform: 'zalo', chatId: person.userId },
    group: groupChat,
    fail(fault) {
      if (fault === 'blocked') zalo.block(person);
      else if (fault === 'wrong-token') zalo.refuseWith(-209);
      else faults.add({ platform: 'zalo', method: 'message/cs', action: ACTIONS[fault] });
    },
    goAway: () => sandbox.stop(),
    seen: (chat) =>
      (chat.chatId === groupChat.chatId ? zalo.messagesIn(group) : zalo.messagesTo(person)).map(
        (message) => ({
          text: message.text ?? '',
          hasPhoto: message.upload !== undefined,
          bold: [],
        }),
      ),
    sentFile() {
      const inbound = zaloInbound(parseZaloJson(zalo.events().at(-1)?.rawBody ?? ''));
      if (inbound.kind !== 'event' || inbound.event.content.kind !== 'file') throw new Error('no file event');
      return { file: inbound.event.content.file, bytes };
    },
    async stop() {
      await sandbox.stop();
      await http.close();
    },
  };
}

const FAKE_OUTCOMES: Readonly<Record<ContractFault, SendOutcome>> = {
  'rate-limited': { kind: 'retry', why: 'rate-limited', afterMs: 1_000 },
  'server-error': { kind: 'unknown', why: 'server-error' },
  unreadable: { kind: 'unknown', why: 'unreadable' },
  'cut-after-delivery': { kind: 'unknown', why: 'reset' },
  silent: { kind: 'unknown', why: 'timeout' },
  blocked: { kind: 'recipient-gone', why: 'blocked' },
  'wrong-token': { kind: 'rejected', cause: 'configuration', code: '401', detail: 'unauthorized' },
};

function fakeStand(): Promise<ChannelStand> {
  const channel = new FakeChannel('telegram');
  const bytes = Buffer.from('x');
  channel.files.set('file-1', { bytes, contentType: 'image/jpeg' });
  return Promise.resolve({
    channel,
    person: { platform: 'telegram', chatId: '5' },
    group: { platform: 'telegram', chatId: '-5' },
    fail: (fault) => channel.script(FAKE_OUTCOMES[fault]),
    goAway() {
      channel.script({ kind: 'retry', why: 'network', afterMs: 1_000 });
      return Promise.resolve();
    },
    seen: (chat) =>
      channel.calls
        .filter(
          (call) => call.kind === 'send' && call.chat.chatId === chat.chatId && call.outcome.kind === 'sent',
        )
        .flatMap(({ message, media }) => {
          const bold = (message.spans ?? [])
            .filter((span) => span.kind === 'bold')
            .map(({ offset, length }) => message.text.slice(offset, offset + length));
          const first = { text: message.text, hasPhoto: media.length > 0, bold };
          return [first, ...media.slice(1).map(() => ({ text: '', hasPhoto: true, bold: [] }))];
        }),
    sentFile: () => ({ file: { kind: 'photo', ref: 'file-1' }, bytes }),
    stop: () => Promise.resolve(),
  });
}

describeChannel('telegram, against the sandbox', telegramStand, photo, {
  canEdit: true,
  hasFormatting: true,
});
describeChannel('telegram, each call at its moment', telegramStand, photo, {
  canEdit: true,
  hasFormatting: true,
  timing: () => leavesAt(steadyMs() + 5, true),
});
describeChannel('zalo, against the sandbox', zaloStand, photo, {
  canEdit: false,
  hasFormatting: false,
});
describeChannel('the fake', fakeStand, photo, { canEdit: true, hasFormatting: true });
