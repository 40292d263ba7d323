import { type Case, newWork } from '#src/domain/case.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { type BroadcastRun, newRun } from '#src/domain/run.ts';
import { renderingOf } from '#test/support/rendering.ts';

export const PHONE = '0912345678';
export const WORDS = 'Broken lamp at the gate of alley 12';
export const NAME = 'Nguyen Thi Sample';

export function event(over: Partial<InboundEvent> = {}): InboundEvent {
  return {
    platform: 'telegram',
    eventId: '1',
    order: '0001',
    chat: { id: '77', kind: 'private' },
    sender: { id: '77', name: NAME },
    sentAtMs: 1_000,
    content: { kind: 'text', text: WORDS },
    ...over,
  };
}

export function conversation(over: Partial<Conversation> = {}): Conversation {
  return {
    key: 'telegram:77',
    chat: { platform: 'telegram', chatId: '77' },
    rev: 1,
    honorific: 'ba',
    flow: {
      name: 'resident-words',
      version: 1,
      step: 'words',
      caseId: 'c1',
      purpose: 'add',
      words: WORDS,
      files: [],
    },
    prompts: [{ id: 'p1', subject: { kind: 'flow' }, choices: [], askedAtMs: 5 }],
    seenEvents: ['1'],
    effects: [],
    updatedAtMs: 10,
    ...over,
  };
}

export function delivery(over: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd1',
    lane: 'broadcast',
    platform: 'telegram',
    target: { kind: 'destination', destinationId: 'dest-1' },
    state: 'pending',
    dueAtMs: 100,
    sentParts: [],
    attempts: 0,
    ...over,
  };
}

export function reply(id: string, chatId: string, over: Partial<Delivery> = {}): Delivery {
  return delivery({
    id,
    lane: 'reply',
    target: { kind: 'chat', chat: { platform: 'telegram', chatId } },
    message: { text: WORDS },
    ...over,
  });
}

export function run(over: Partial<BroadcastRun> = {}): BroadcastRun {
  const rendering = renderingOf('one', 'two');
  return newRun({
    id: 'r1',
    topicId: 'TT-01',
    postId: null,
    title: 'Title',
    body: 'Body',
    renderings: { telegram: rendering, zalo: rendering, relay: rendering, loudspeaker: rendering },
    contentHash: 'h',
    authorId: 's1',
    sendAtMs: 500,
    state: 'draft',
    createdAtMs: 1,
    ...over,
  });
}

export function duty(over: Partial<Duty> = {}): Duty {
  return {
    id: 'DL-2.2024',
    ruleId: 'DL-2',
    kind: 'report',
    title: 'Report',
    recipient: 'Committee',
    responsibleId: 's1',
    headId: 's2',
    chairpersonId: null,
    unitId: 'u1',
    dueAtMs: 9_000,
    targetDate: '2024-05-09',
    rungs: [{ index: 0, kind: 'remind', atMs: 500 }],
    nextRung: 0,
    nextAtMs: 500,
    state: 'open',
    acknowledgedAtMs: null,
    snoozedUntilMs: null,
    proof: null,
    rev: 1,
    history: [{ atMs: 1, by: 'system', action: 'opened' }],
    ...over,
  };
}

export function visit(over: Partial<Visit> = {}): Visit {
  return {
    id: 'v1',
    ruleId: 'KT-3',
    title: 'Discipline',
    inspectorUnitId: 'u2',
    kind: 'ad-hoc',
    isAnnounced: false,
    unitId: 'u1',
    day: '2024-06-12',
    team: ['s1', 's2'],
    plannedById: 's1',
    checklist: [{ id: 'hours', text: WORDS }],
    answers: { hours: 'not-ok' },
    findings: [
      {
        id: 'e1',
        text: WORDS,
        severity: 'fix',
        term: '2024-06-20',
        photoIds: ['photo.a'],
        byId: 's1',
      },
    ],
    state: 'planned',
    notices: [{ kind: 'day', atMs: 500 }],
    nextNotice: 0,
    nextAtMs: 500,
    rev: 1,
    history: [{ atMs: 1, by: 's1', action: 'planned', orderId: 'v1' }],
    ...over,
  };
}

export function caseDraft(over: Partial<Case> = {}): Omit<Case, 'code'> {
  return {
    id: 'c1',
    resident: { platform: 'telegram', chatId: '77' },
    residentName: NAME,
    honorific: null,
    phone: PHONE,
    text: WORDS,
    place: { text: 'alley 12', location: { latitude: 10.5, longitude: 106.5 } },
    neighbourhoodId: 'kp-1',
    mediaIds: ['m1'],
    categoryId: 'lamp',
    legalKind: 'petition',
    letter: { number: '45', receivedOn: '2024-03-15', stage: 'accepted' },
    consent: { version: 'phan-anh-1', atMs: 1 },
    unitId: 'u1',
    state: 'new',
    ...newWork('case-standard', 1_000),
    createdAtMs: 1_000,
    dueAtMs: 2_000,
    nextAtMs: 1_500,
    rev: 1,
    history: [{ atMs: 1_000, by: 'resident', action: 'created' }],
    ...over,
  };
}

export function destination(over: Partial<Destination> = {}): Omit<Destination, 'id'> {
  return {
    kind: 'group',
    chat: { platform: 'telegram', chatId: '-100' },
    title: 'Group',
    neighbourhood: 'kp-1',
    audience: 'residents',
    state: 'active',
    ...over,
  };
}
