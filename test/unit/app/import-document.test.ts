import { beforeEach, describe, expect, it } from 'vitest';
import type { ReadDocument } from '#src/app/ports/documents.ts';
import { importDocument } from '#src/app/inbound/import-document.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { createAppWorld, type AppWorld } from './app-world.ts';

const file = { kind: 'document', ref: 'd', name: 'bai.docx' } as const;

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
  await world.join('ha', ['editor'], 'culture-information');
  world.channel.files.set('d', { bytes: new Uint8Array([1]), contentType: 'x' });
  await world.receive('ha', { kind: 'file', file });
  await world.handle('ha');
});

/** The editor takes up the offer, and the file turns out to be this. */
async function taken(read: ReadDocument): Promise<void> {
  const app = { ...world.app, documents: { readWords: () => Promise.resolve(read) } };
  await world.receive('ha', { kind: 'text', text: '1' });
  await world.handle('ha').catch(() => undefined);
  const conversation = await app.conversations.load(chatKey(world.chatOf('ha')));
  if (!conversation) throw new Error('no conversation');
  const context = { id: 'telegram:ha.99.1', conversation };
  for (let twice = 0; twice < 2; twice += 1) await importDocument(app, context, file);
  await world.handle('ha');
}

const composing = async () => {
  const flow = (await world.app.conversations.load(chatKey(world.chatOf('ha'))))?.flow;
  return flow?.name === 'compose' ? flow : null;
};

describe('a document that an editor sends', () => {
  it('lands in the form with its words and formatting, once, whatever is run twice', async () => {
    await taken({ kind: 'words', marked: '*Họp khu phố*\n\nĐúng 19 giờ tối thứ Sáu.' });
    expect((await composing())?.draft).toMatchObject({
      title: 'Họp khu phố',
      body: '*Họp khu phố*\n\nĐúng 19 giờ tối thứ Sáu.',
    });
    expect(world.toldTo('ha').filter((text) => text.includes('Bài vừa gửi máy đã giữ'))).toHaveLength(1);
  });

  it('that gives no words is answered with what to do, and the form asks on', async () => {
    await taken({ kind: 'refused', why: 'old-word' });
    expect(world.toldTo('ha').filter((text) => text.includes('Lưu thành .docx'))).toHaveLength(1);
    expect((await composing())?.draft.body).toBe('');
    expect(world.toldTo('ha').at(-1)).toContain('thuộc nội dung nào');
  });
});
