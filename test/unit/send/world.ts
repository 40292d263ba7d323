import { createHash } from 'node:crypto';
import type { BudgetAnswer, Channel, FetchedFile } from '#src/app/ports/channel.ts';
import { sendDue } from '#src/app/send/send-due.ts';
import type { SendPorts, SendReport, SendRequest } from '#src/app/send/ports.ts';
import type { LockedRow } from '#src/app/ports/denunciations.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { ChatRef, Platform } from '#src/domain/inbound.ts';
import type { Delivery, Lane, OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';
import { hashed } from '#src/domain/broadcast/approval.ts';
import { type BroadcastRun, newRun } from '#src/domain/run.ts';
import { renderingOf } from '#test/support/rendering.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';

export interface Call {
  readonly chat: ChatRef;
  readonly message: OutboundMessage;
  readonly media: readonly FetchedFile[];
  readonly atMs: number;
  /** Set for an edit: the message that was edited. */
  readonly editId?: string;
}

/** A slot that may be used at once. */
export const GRANTED: BudgetAnswer = {
  kind: 'granted',
  ready: () => Promise.resolve(),
  calling: () => ({ atMs: null, ready: () => Promise.resolve(), ended: () => undefined }),
};

/** A world in memory whose real time passes only while the engine sleeps. */
export function createWorld() {
  const state = { nowMs: 1_000_000, realMs: 50_000, paused: false, errorsInARow: 0, tokens: 0 };
  const deliveries = new MemoryDeliveries();
  deliveries.realNowMs = () => state.realMs;
  const calls: Call[] = [];
  const alerts: string[] = [];
  const woken: string[] = [];
  const taken: { readonly chat: ChatRef; readonly lane: Lane }[] = [];
  const penalties: {
    readonly platform: Platform;
    readonly chatId: string | null;
    readonly afterMs: number;
  }[] = [];
  const stored: { readonly chatId: string | null; readonly untilMs: number }[] = [];
  const conversations = new Map<string, Conversation>();
  const destinations = new Map<string, Destination>();
  const runs = new Map<string, BroadcastRun>();
  const media = new Map<string, FetchedFile>();
  const locked = new Map<string, LockedRow>();
  const script = {
    outcome: (call: Call): SendOutcome | Promise<SendOutcome> => ({
      kind: 'sent',
      externalId: `x${String(calls.indexOf(call) + 1)}`,
    }),
    budget: (() => GRANTED) as (chat: ChatRef) => BudgetAnswer,
    saveConflicts: 0,
  };

  const channel: Channel = {
    platform: 'telegram',
    limits: { textChars: 100, captionChars: 40, documentCaptionChars: 40, albumPhotos: 10, hasButtons: true },
    async send(chat, message, file) {
      const call = { chat, message, media: file, atMs: state.realMs };
      calls.push(call);
      return script.outcome(call);
    },
    async edit(chat, editId, message) {
      const call = { chat, message, media: [], atMs: state.realMs, editId };
      calls.push(call);
      const outcome = await script.outcome(call);
      return outcome.kind === 'sent' ? { kind: 'sent', externalId: editId } : outcome;
    },
    acknowledgeTap: () => Promise.resolve(),
    fetchFile: () => Promise.reject(new Error('no file')),
    privateChatLink: (token) => token,
  };

  const ports: SendPorts = {
    deliveries,
    destinations: {
      many: (ids) => Promise.resolve(ids.flatMap((id) => destinations.get(id) ?? [])),
      byChat: (chat) =>
        Promise.resolve([...destinations.values()].find((one) => one.chat.chatId === chat.chatId) ?? null),
      setThread: (id, threadId) => {
        const one = destinations.get(id);
        if (!one) return Promise.resolve();
        const rest = Object.entries(one).filter(([name]) => name !== 'threadId');
        const thread = threadId === null ? {} : { threadId };
        destinations.set(id, { ...(Object.fromEntries(rest) as unknown as Destination), ...thread });
        return Promise.resolve();
      },
      setState: (id, to, why) => {
        const one = destinations.get(id);
        if (one)
          destinations.set(id, { ...one, state: to, ...(why === undefined ? {} : { unreachableWhy: why }) });
        return Promise.resolve();
      },
      move: (id, chatId) => {
        const one = destinations.get(id);
        if (one) destinations.set(id, { ...one, chat: { ...one.chat, chatId } });
        return Promise.resolve();
      },
    },
    runs: {
      get: (id) => Promise.resolve(runs.get(id) ?? null),
      inState: (wanted) => Promise.resolve([...runs.values()].filter((run) => run.state === wanted)),
    },
    conversations: {
      load: (key) => Promise.resolve(conversations.get(key) ?? null),
      save: (next, expectedRev) => {
        if (script.saveConflicts > 0) {
          script.saveConflicts -= 1;
          return Promise.resolve('conflict');
        }
        if ((conversations.get(next.key)?.rev ?? 0) !== expectedRev) return Promise.resolve('conflict');
        conversations.set(next.key, next);
        return Promise.resolve('saved');
      },
    },
    channels: { telegram: channel, zalo: { ...channel, platform: 'zalo' } },
    budget: {
      take: (chat, _kind, lane) => {
        taken.push({ chat, lane });
        return Promise.resolve(script.budget(chat));
      },
      penalise: (platform, chatId, afterMs) => {
        penalties.push({ platform, chatId, afterMs });
        return Promise.resolve();
      },
    },
    health: {
      penalise: (_platform, chatId, untilMs) => {
        stored.push({ chatId, untilMs });
        return Promise.resolve();
      },
      penalties: () => Promise.resolve(stored),
      configurationError: () => {
        state.errorsInARow += 1;
        state.paused ||= state.errorsInARow === 5;
        return Promise.resolve(state.errorsInARow === 5 ? 'paused' : 'counted');
      },
      succeeded: () => {
        state.errorsInARow = 0;
        return Promise.resolve();
      },
      isPaused: () => Promise.resolve(state.paused),
    },
    media: { get: (id) => Promise.resolve(media.get(id) ?? null) },
    denunciations: { open: (handle) => Promise.resolve(locked.get(handle) ?? null) },
    clock: { nowMs: () => state.nowMs },
    realNowMs: () => state.realMs,
    hash,
    tokens: { next: () => `token${String((state.tokens += 1))}` },
    alerts: {
      raise: (kind) => {
        alerts.push(kind);
        return Promise.resolve();
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    wake: {
      lane: (platform, lane) => {
        woken.push(`${platform}.${lane}`);
        return Promise.resolve();
      },
    },
    sleep: (ms) => {
      state.realMs += ms;
      state.nowMs += ms;
      return Promise.resolve();
    },
  };

  return {
    ports,
    state,
    script,
    deliveries,
    calls,
    alerts,
    woken,
    taken,
    penalties,
    stored,
    conversations,
    destinations,
    runs,
    media,
    locked,
    send: (request: Partial<SendRequest> = {}): Promise<SendReport> =>
      sendDue(ports, {
        platform: 'telegram',
        lane: 'broadcast',
        maxInFlight: 4,
        signal: new AbortController().signal,
        ...request,
      }),
    async add(...rows: readonly Partial<Delivery>[]): Promise<void> {
      await deliveries.insert(rows.map((row, index) => deliveryRow(`d${String(index + 1)}`, row)));
    },
  };
}

export type World = ReturnType<typeof createWorld>;

export function deliveryRow(id: string, row: Partial<Delivery> = {}): Delivery {
  return {
    id,
    lane: 'broadcast',
    platform: 'telegram',
    target: { kind: 'chat', chat: { platform: 'telegram', chatId: id } },
    ...(row.runId === undefined ? { message: { text: `text of ${id}` } } : {}),
    state: 'pending',
    dueAtMs: 1_000_000,
    sentParts: [],
    attempts: 0,
    ...row,
  };
}

export function groupDestination(id: string, change: Partial<Destination> = {}): Destination {
  return {
    id,
    kind: 'group',
    chat: { platform: 'telegram', chatId: `-${id}` },
    title: id,
    neighbourhood: null,
    audience: 'residents',
    state: 'active',
    ...change,
  };
}

export const hash = (words: string): string => createHash('sha256').update(words).digest('hex');

/** Approved as it stands, whatever is changed in it. */
export function sendingRun(id: string, change: Partial<BroadcastRun> = {}): BroadcastRun {
  const run = newRun({
    id,
    topicId: 'TT-01',
    postId: null,
    title: 'title',
    body: 'body',
    renderings: {
      telegram: renderingOf('telegram words'),
      zalo: renderingOf('zalo words'),
      relay: renderingOf('please forward', 'the post'),
      loudspeaker: renderingOf('please read', 'the script'),
    },
    contentHash: '',
    authorId: 'author',
    approverId: 'approver',
    sendAtMs: 0,
    state: 'sending',
    createdAtMs: 0,
    startedAtMs: 0,
    ...change,
  });
  const { contentHash } = hashed(run, hash);
  return { ...run, contentHash, approvedHash: contentHash };
}
