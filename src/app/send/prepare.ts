import type { Channel, FetchedFile } from '#src/app/ports/channel.ts';
import { messageParts, renderingParts, scriptParts } from '#src/domain/broadcast/message-parts.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { Delivery, OutboundMessage } from '#src/domain/outbound.ts';
import type { BroadcastRun, RenderingName } from '#src/domain/run.ts';
import type { Gate } from './run-gate.ts';
import type { ChatKind } from './slots.ts';

/** The next call of a row, or why there is none. */
export type Prepared =
  | {
      readonly kind: 'call';
      readonly chat: ChatRef;
      readonly chatKind: ChatKind;
      readonly part: OutboundMessage;
      /** The message that the part goes into; null: a new one. */
      readonly editId: string | null;
      readonly isFirst: boolean;
      readonly isLast: boolean;
      /** Of the part's photos or document, in their order. */
      readonly media: readonly FetchedFile[];
    }
  | { readonly kind: 'hold' }
  /** What was to be edited lies in another chat: all that is left goes out anew. */
  | { readonly kind: 'post-instead' }
  | {
      readonly kind: 'end';
      readonly state: 'sent' | 'gone' | 'rejected' | 'cancelled';
      readonly detail: string;
    };

export interface PreparePorts {
  readonly destination: (id: string) => Promise<Destination | null>;
  readonly medium: (id: string) => Promise<FetchedFile | null>;
  /** What is put below the text just before the call. */
  readonly locked: (handle: string) => Promise<string | null>;
  readonly nowMs: () => number;
  readonly gate: (runId: string) => Promise<Gate>;
}

/** Finds the chat behind our own id, the words, and the part whose turn it is. */
export async function prepare(ports: PreparePorts, channel: Channel, row: Delivery): Promise<Prepared> {
  const gate = row.runId === undefined ? null : await ports.gate(row.runId);
  if (gate?.kind === 'hold') return { kind: 'hold' };
  if (gate?.kind === 'cancelled') return { kind: 'end', state: 'cancelled', detail: 'run-cancelled' };
  // A message of several parts is finished once it has begun.
  const isOver = row.expiresAtMs !== undefined && ports.nowMs() > row.expiresAtMs;
  if (isOver && row.sentParts.length === 0) return { kind: 'end', state: 'cancelled', detail: 'expired' };
  const target = await chatOf(ports, row);
  if (target.kind !== 'chat') return target;
  const open = await withLocked(ports, row);
  if (!open) return { kind: 'end', state: 'cancelled', detail: 'locked-gone' };
  const parts = partsOf(open, gate?.run ?? null, channel);
  if (parts.length === 0) return { kind: 'end', state: 'rejected', detail: 'nothing-to-send' };
  const index = row.sentParts.length;
  const { edits = [] } = row;
  if (edits.length > 0 && row.sentTo !== target.chat.chatId) return { kind: 'post-instead' };
  const part = parts[index] ?? (index < edits.length ? closingPart(parts) : undefined);
  if (!part) return { kind: 'end', state: 'sent', detail: 'all-parts-out' };
  const media: FetchedFile[] = [];
  for (const id of part.photoIds ?? (part.documentId === undefined ? [] : [part.documentId])) {
    const medium = await ports.medium(id);
    if (!medium) return { kind: 'end', state: 'rejected', detail: 'media-missing' };
    media.push(medium);
  }
  const { chat, chatKind, threadId } = target;
  const isLast = index === Math.max(parts.length, edits.length) - 1;
  const editId = edits[index] ?? null;
  const placed = threadId === undefined ? part : { ...part, threadId };
  return { kind: 'call', chat, chatKind, part: placed, editId, isFirst: index === 0, isLast, media };
}

/** The row with the words in it that no row may hold; null when they are gone. */
async function withLocked(ports: PreparePorts, row: Delivery): Promise<Delivery | null> {
  if (row.message?.lockedHandle === undefined) return row;
  const words = await ports.locked(row.message.lockedHandle);
  return words === null
    ? null
    : { ...row, message: { ...row.message, text: `${row.message.text}\n${words}` } };
}

/** Messages that the new words no longer fill keep their first line alone, and none of the old ones. */
function closingPart(parts: readonly OutboundMessage[]): OutboundMessage {
  return { text: parts[0]?.text.split('\n', 1)[0] ?? '' };
}

type Target =
  | { readonly kind: 'chat'; readonly chat: ChatRef; readonly chatKind: ChatKind; readonly threadId?: string }
  | Extract<Prepared, { kind: 'end' }>;

async function chatOf(ports: PreparePorts, row: Delivery): Promise<Target> {
  if (row.target.kind === 'chat') {
    return { kind: 'chat', chat: row.target.chat, chatKind: chatKindOf(row.target.chat) };
  }
  const destination = await ports.destination(row.target.destinationId);
  if (!destination) return { kind: 'end', state: 'rejected', detail: 'destination-missing' };
  if (destination.state !== 'active') return { kind: 'end', state: 'gone', detail: destination.state };
  const chatKind = destination.kind === 'group' ? 'group' : 'private';
  const { chat, threadId } = destination;
  return { kind: 'chat', chat, chatKind, ...(threadId === undefined ? {} : { threadId }) };
}

/** Telegram's group ids are negative; on Zalo both kinds of chat have the same limit. */
export function chatKindOf(chat: ChatRef): ChatKind {
  return chat.platform === 'telegram' && chat.chatId.startsWith('-') ? 'group' : 'private';
}

function partsOf(row: Delivery, run: BroadcastRun | null, channel: Channel): readonly OutboundMessage[] {
  const name = renderingName(row.rendering);
  if (run && row.message && name === 'loudspeaker')
    return scriptParts(row.message, run.renderings.loudspeaker, row.prompt, channel.limits);
  if (!run || row.message) return row.message ? messageParts(row.message, channel.limits) : [];
  return name ? renderingParts(name, run.renderings[name], row.prompt, channel.limits) : [];
}

function renderingName(name: string | undefined): RenderingName | null {
  switch (name) {
    case 'telegram':
    case 'zalo':
    case 'relay':
    case 'loudspeaker':
      return name;
    default:
      return null;
  }
}
