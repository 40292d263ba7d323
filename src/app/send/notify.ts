import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import type { Log, Texts, Wake } from '#src/app/ports/services.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import { isNobody } from '#src/domain/personal-data.ts';
import type { Choice, Delivery, Lane, OutboundMessage, PromptToOpen } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';

export interface NotifyPorts {
  readonly deliveries: Pick<DeliveryStore, 'insert'>;
  readonly texts: Pick<Texts, 'render'>;
  readonly wake: Pick<Wake, 'lane'>;
  readonly log: Pick<Log, 'warn'>;
}

export interface Notice {
  /** The row's id: deterministic, so that saying the same thing twice says it once. */
  readonly id: string;
  readonly text: TextRef;
  /** Its choices are written below the text and put on buttons; the labels are already rendered. */
  readonly prompt?: PromptToOpen;
  /** Those of the choices that are written below and put on buttons; all unless told. */
  readonly written?: readonly Choice[];
  readonly lane: Lane;
  readonly dueAtMs: number;
  readonly photoIds?: readonly string[];
  readonly documentId?: string;
  readonly caseNews?: OutboundMessage['caseNews'];
  /** Set for news of a case to its resident. */
  readonly caseId?: string;
}

export type NoticeTo = Notice & { readonly staff: StaffMember };

export type Notified = { readonly kind: 'queued' | 'already-queued' } | { readonly kind: 'no-contact' };

/** The first of their contacts; null: they have not joined yet, or have left. */
export const contactOf = ({ active, contacts }: StaffMember): ChatRef | null =>
  (active && contacts[0]) || null;

/**
 * Queues one message to a member of staff at the first of their contacts. `no-contact`: they have not joined yet, and
 * whoever calls decides who hears of it instead. Throws only when the ledger cannot be written.
 */
export async function notifyStaff(ports: NotifyPorts, notice: NoticeTo): Promise<Notified> {
  const chat = contactOf(notice.staff);
  return chat === null ? { kind: 'no-contact' } : notifyChat(ports, { ...notice, chat });
}

/**
 * The same for many in one write, without those who cannot be reached. True: all are queued by this very call. False: it is
 * not known which of them were there before.
 */
export async function notifyAll(ports: NotifyPorts, notices: readonly NoticeTo[]): Promise<boolean> {
  const rows = notices.flatMap((notice) => {
    const chat = contactOf(notice.staff);
    return chat === null ? [] : [noticeRow(notice, chat, ports.texts)];
  });
  const inserted = await ports.deliveries.insert(rows);
  const lanes = new Map(rows.map((row) => [`${row.platform} ${row.lane}`, row]));
  await Promise.all([...lanes.values()].map(({ platform, lane }) => wakeLane(ports, platform, lane)));
  return inserted === rows.length;
}

/** The same to a chat: a resident, a group of staff. */
export async function notifyChat(
  ports: NotifyPorts,
  notice: Notice & { readonly chat: ChatRef },
): Promise<{ readonly kind: 'queued' | 'already-queued' }> {
  if (isNobody(notice.chat)) return { kind: 'already-queued' };
  const inserted = await ports.deliveries.insert([noticeRow(notice, notice.chat, ports.texts)]);
  await wakeLane(ports, notice.chat.platform, notice.lane);
  return { kind: inserted === 1 ? 'queued' : 'already-queued' };
}

function noticeRow(notice: Notice, chat: ChatRef, texts: Pick<Texts, 'render'>): Delivery {
  const { prompt, written = prompt?.choices ?? [] } = notice;
  const text = texts.render(notice.text);
  const message: OutboundMessage = {
    text: withChoices(text, written),
    ...(prompt && written.length > 0 ? { buttons: choiceButtons(prompt.id, written) } : {}),
    ...(notice.photoIds && notice.photoIds.length > 0 ? { photoIds: notice.photoIds } : {}),
    ...(notice.caseNews ? { caseNews: notice.caseNews } : {}),
    ...(notice.documentId === undefined ? {} : { documentId: notice.documentId }),
  };
  return {
    id: notice.id,
    lane: notice.lane,
    platform: chat.platform,
    target: { kind: 'chat', chat },
    message,
    ...(prompt ? { prompt } : {}),
    ...(notice.caseId === undefined ? {} : { caseId: notice.caseId }),
    state: 'pending',
    dueAtMs: notice.dueAtMs,
    sentParts: [],
    attempts: 0,
  };
}

/** Redis only makes things move: a wake that fails is made good by the putting-back timer. */
export async function wakeLane(
  ports: Pick<NotifyPorts, 'wake' | 'log'>,
  platform: ChatRef['platform'],
  lane: Lane,
): Promise<void> {
  try {
    await ports.wake.lane(platform, lane);
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    ports.log.warn({ platform, lane, why }, 'lane not woken');
  }
}
