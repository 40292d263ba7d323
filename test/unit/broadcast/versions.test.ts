import { beforeEach, describe, expect, it } from 'vitest';
import { previewRun } from '#src/app/broadcast/preview-run.ts';
import { previewAll, showRenderings } from '#src/app/broadcast/show-renderings.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { draftOfRun } from '#src/domain/broadcast/taken-up.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import { groupDestination } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.join('binh', 'approver');
  world.join('mai', 'handler');
  world.destinations.set('g', groupDestination('g'));
});

const withFile = (name: string): RunDraft => ({
  ...draft,
  document: { kind: 'document', ref: `ref ${name}`, name },
  link: 'https://baichay.gov.vn/hop',
});
const submit = (one: RunDraft) => submitRun(world.ports, world.from('ha'), one);
/** What was queued to a person, message by message. */
const messagesTo = (id: string) =>
  [...world.deliveries.rows.values()].flatMap(({ delivery: { target, message } }) =>
    target.kind === 'chat' && target.chat.chatId === id && message ? [message] : [],
  );

describe('a document and a link', () => {
  it('stand in what is approved: another file or address is another content', async () => {
    for (const one of [withFile('a.pdf'), withFile('b.pdf'), { ...withFile('a.pdf'), link: null }, draft])
      await submit(one);
    const hashes = new Set([...world.runs.values()].map(({ contentHash }) => contentHash));
    expect(hashes.size).toBe(4);
  });

  it('go out on both platforms, or Zalo says where the file is; they are kept when the post is taken up again', async () => {
    await submit(withFile('Giấy mời.pdf'));
    const { renderings, ...run } = world.onlyRun();
    expect(run.documentId).toMatch(/\/Giấy mời\.pdf$/u);
    for (const { parts } of [renderings.telegram, renderings.zalo, renderings.relay]) {
      expect(parts.flatMap(({ documentId }) => documentId ?? [])).toEqual([run.documentId]);
      expect(parts.map(({ text }) => text).join()).toContain('Xem thêm: https://baichay.gov.vn/hop');
    }
    expect(renderings.loudspeaker.parts.map(({ text }) => text).join()).not.toContain('http');
    expect(draftOfRun(world.onlyRun())).toMatchObject({
      document: { kind: 'kept', id: run.documentId },
      link: run.link,
    });
    world.runs.clear();
    await submit(withFile('Bảng tính.xlsx'));
    const { zalo, telegram } = world.onlyRun().renderings;
    expect(telegram.parts.flatMap(({ documentId }) => documentId ?? [])).toHaveLength(1);
    expect(zalo.parts.flatMap(({ documentId }) => documentId ?? [])).toEqual([]);
    expect(zalo.parts[0]?.text).toContain('Có tệp kèm theo: Bảng tính.xlsx');
    await previewRun(world.ports, world.from('ha'), withFile('Bảng tính.xlsx'));
    expect(world.toldTo('ha').join()).toContain('Zalo không nhận loại tệp này');
  });
});

describe('the picture for neighbourhood heads', () => {
  it('goes to them alone, after the words, drawn once for the same words, and is part of what is approved', async () => {
    await submit(draft);
    const { relay, telegram } = world.onlyRun().renderings;
    const last = relay.parts.at(-1);
    expect(last).toMatchObject({ text: '', photoIds: [expect.stringMatching(/^poster\./u)] });
    expect(world.media.get(last?.photoIds[0] ?? '')?.contentType).toBe('image/png');
    expect(telegram.parts.flatMap(({ photoIds }) => photoIds)).toEqual([]);
    world.runs.clear();
    await submit(draft);
    expect(world.onlyRun().renderings.relay.parts.at(-1)).toEqual(last);
  });
});

describe('each version', () => {
  it('is shown to the editor in the very messages that go out, formatting and pictures included', async () => {
    const bold = { ...draft, body: '*Đúng 19 giờ* họp.' };
    await previewAll(world.ports, world.from('ha'), bold);
    const shown = messagesTo('ha');
    const at = (heading: string) => shown.findIndex(({ text }) => text === heading);
    expect(shown[at('Bản Telegram:') + 1]?.spans?.length).toBeGreaterThan(1);
    expect(shown[at('Bản Zalo:') + 1]).not.toHaveProperty('spans');
    expect(shown[at('Bản đọc loa:') + 2]?.text).toContain('mười chín giờ');
    expect(shown[at('Bản đọc loa:') - 1]?.photoIds?.[0]).toMatch(/^poster/u);
    await submit(bold);
    await showRenderings(world.ports, world.from('binh'), world.onlyRun().id);
    expect(messagesTo('binh').slice(1)).toEqual(shown);
  });

  it('leaves out where the topic or the editor does not send', async () => {
    await previewAll(world.ports, world.from('ha'), { ...draft, topicId: 'TT-02' });
    expect(world.toldTo('ha').filter((text) => /^Bản/u.test(text))).toEqual(['Bản đọc loa:']);
  });

  it('comes with the paper of a person’s consent to the approver, and to nobody who may not approve', async () => {
    const photo = { kind: 'photo', ref: 'paper' } as const;
    const consent = { kind: 'recorded', person: 'bà Lan', record: '', photo } as const;
    await submit({ ...draft, consent });
    const { id } = world.onlyRun();
    await showRenderings(world.ports, world.from('binh'), id);
    const paper = messagesTo('binh').at(-1);
    expect(paper?.text).toContain('Giấy đồng ý của bà Lan');
    expect(paper?.photoIds).toHaveLength(1);
    await showRenderings(world.ports, world.from('mai'), id);
    expect(messagesTo('mai')).toHaveLength(1);
    expect(messagesTo('mai')[0]?.text).toContain('cần người có phận sự');
  });
});
