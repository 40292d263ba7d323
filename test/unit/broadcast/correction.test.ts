import { beforeEach, describe, expect, it } from 'vitest';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { openCorrection, previewCorrection } from '#src/app/broadcast/preview-correction.ts';
import { listRuns } from '#src/app/broadcast/list-runs.ts';
import { settleUnknown } from '#src/app/broadcast/settle-unknown.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitCorrection } from '#src/app/broadcast/submit-correction.ts';
import type { Delivery, DeliveryState } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { groupDestination, sendingRun } from '../send/world.ts';
import { createBroadcastWorld, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;

beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor', 'approver');
  world.join('binh', 'approver');
  world.runs.set('R', sendingRun('R', { state: 'done', title: 'Lịch họp', finishedAtMs: 5 }));
});

const draft = { runId: 'R', body: 'Họp 19 giờ thứ Sáu.', reason: 'sai giờ họp' };

/** A group and its row of the original, in the state that sending left it in. */
async function got(
  id: string,
  state: DeliveryState,
  change: Partial<Delivery> & { readonly zalo?: true } = {},
): Promise<void> {
  const { zalo, ...row } = change;
  const platform = zalo ? 'zalo' : 'telegram';
  world.destinations.set(id, groupDestination(id, { chat: { platform, chatId: `-${id}` } }));
  await world.deliveries.insert([
    {
      id: `R.${id}`,
      lane: 'broadcast',
      platform,
      target: { kind: 'destination', destinationId: id },
      runId: 'R',
      rendering: platform,
      state,
      dueAtMs: 0,
      sentParts: [],
      attempts: 1,
      ...row,
    },
  ]);
}

async function correct(over: Partial<typeof draft> = {}): Promise<BroadcastRun> {
  const before = new Set(world.runs.keys());
  await submitCorrection(world.ports, world.from('ha'), { ...draft, ...over });
  const made = [...world.runs.values()].find((run) => !before.has(run.id));
  if (!made) throw new Error('no correction');
  await approveRun(world.ports, world.from('binh'), made.id);
  await startDueRuns(world.ports);
  return world.runs.get(made.id) ?? made;
}

const reached = (runId: string): readonly string[] =>
  [...world.deliveries.rows.values()]
    .map((row) => row.delivery)
    .filter((row) => row.runId === runId)
    .map((row) => row.id.slice(runId.length + 1))
    .toSorted();

const goThrough = async (): Promise<void> => {
  for (const platform of ['telegram', 'zalo'] as const) await world.send({ platform });
};

const calls = () =>
  world.calls.map((call) => [call.chat.chatId, call.editId ?? 'new', call.message.text.split('\n')[0]]);

describe('a correction', () => {
  it('goes to exactly those who got the original or may have, and to nobody who came later', async () => {
    await got('sent', 'sent', { sentParts: ['m1'], sentTo: '-sent' });
    await got('unknown', 'unknown');
    await got('zalo', 'sent', { zalo: true, sentParts: ['z1'], sentTo: '-zalo' });
    await got('half', 'rejected', { sentParts: ['m7'], sentTo: '-half' });
    await got('gone', 'gone');
    await got('rejected', 'rejected');
    await got('cancelled', 'cancelled');
    world.destinations.set('later', groupDestination('later'));
    const correction = await correct();
    expect(reached(correction.id)).toEqual(['half', 'sent', 'unknown', 'zalo']);
    await startDueRuns(world.ports);
    expect(reached(correction.id)).toHaveLength(4);
  });

  it('edits the messages that stand, and posts where there is none to edit', async () => {
    await got('sent', 'sent', { sentParts: ['m1'], sentTo: '-sent' });
    await got('unknown', 'unknown');
    await got('zalo', 'sent', { zalo: true, sentParts: ['z1'], sentTo: '-zalo' });
    await got('moved', 'sent', { sentParts: ['m1'], sentTo: '-before' });
    await correct();
    await goThrough();
    const heading = 'ĐÍNH CHÍNH bài “Lịch họp” ngày 01/01/1970';
    expect(calls().filter(([, how]) => how !== 'new')).toEqual([['-sent', 'm1', heading]]);
    expect(
      calls()
        .filter(([, how]) => how === 'new')
        .map(([chatId, , text]) => [chatId, text])
        .toSorted(),
    ).toEqual(['-moved', '-unknown', '-zalo'].map((chatId) => [chatId, heading]));
    expect(world.calls[0]?.message.text).toContain('Họp 19 giờ thứ Sáu.');
  });

  it('needs another person, who is shown why; the original then tells by whom it was corrected', async () => {
    await got('sent', 'sent', { sentParts: ['m1'], sentTo: '-sent' });
    await submitCorrection(world.ports, world.from('ha'), draft);
    const correction = [...world.runs.values()].find((run) => run.kind === 'correction');
    expect(correction).toMatchObject({ corrects: 'R', reason: 'sai giờ họp', state: 'submitted' });
    expect(world.toldTo('binh').at(-1)).toContain('sai giờ họp');
    await approveRun(world.ports, world.from('ha'), correction?.id ?? '');
    await startDueRuns(world.ports);
    expect(world.runs.get('R')?.state).toBe('done');
    await approveRun(world.ports, world.from('binh'), correction?.id ?? '');
    await startDueRuns(world.ports);
    expect(world.runs.get('R')).toMatchObject({ state: 'corrected', correctedBy: correction?.id });
    expect(world.audited).toContain('correction-submitted');
  });

  it('stops the original first: nobody gets the wrong text any more, and it waits for what is under way', async () => {
    world.runs.set('R', sendingRun('R', { title: 'Lịch họp' }));
    await got('sent', 'sent', { sentParts: ['m1'], sentTo: '-sent' });
    await got('waiting', 'pending');
    await got('flying', 'pending');
    await world.deliveries.change('R.flying', ['pending'], { state: 'sending' });
    const correction = await correct();
    expect(world.deliveries.one('R.waiting').state).toBe('cancelled');
    expect(reached(correction.id)).toEqual([]);
    await world.deliveries.change('R.flying', ['sending'], { state: 'unknown' });
    await startDueRuns(world.ports);
    expect(reached(correction.id)).toEqual(['flying', 'sent']);
    await goThrough();
    await advanceRuns(world.ports);
    expect(world.toldTo('ha').some((text) => text.includes('1 nơi chưa kịp nhận bài cũ'))).toBe(true);
  });

  it('can be corrected itself: whoever got the original, and the messages in which the first one stands', async () => {
    await got('edited', 'sent', { sentParts: ['m1'], sentTo: '-edited' });
    await got('deleted', 'sent', { sentParts: ['m1'], sentTo: '-deleted' });
    await got('zalo', 'sent', { zalo: true, sentParts: ['z1'], sentTo: '-zalo' });
    world.script.outcome = (call) =>
      call.chat.chatId === '-deleted' && call.editId === 'm1'
        ? { kind: 'rejected', cause: 'content', code: '400', detail: 'message to edit not found' }
        : { kind: 'sent', externalId: `n${String(world.calls.length)}` };
    const first = await correct();
    await goThrough();
    const posted = world.deliveries.one(`${first.id}.deleted`).sentParts;
    world.calls.length = 0;
    const second = await correct({ runId: first.id, body: 'Họp 20 giờ.' });
    await goThrough();
    expect(reached(second.id)).toEqual(['deleted', 'edited', 'zalo']);
    expect(
      calls()
        .map(([chatId, how]) => [chatId, how])
        .toSorted(),
    ).toEqual([
      ['-deleted', posted[0]],
      ['-edited', 'm1'],
      ['-zalo', 'new'],
    ]);
    expect(calls()[0]?.[2]).toContain('“Lịch họp”');
    expect(world.runs.get('R')?.correctedBy).toBe(first.id);
    expect(world.runs.get(first.id)).toMatchObject({ state: 'corrected', correctedBy: second.id });
  });

  it('sends nothing of the wrong text again, whatever is answered to an old question', async () => {
    await got('unknown', 'unknown');
    await correct();
    await settleUnknown(world.ports, world.from('ha'), 'R.unknown', false);
    expect(world.deliveries.one('R.unknown').state).toBe('unknown');
    expect(world.toldTo('ha').at(-1)).toContain('bản cũ không gửi lại');
  });

  it('goes to heads to be forwarded again and to the loudspeaker to be read, as messages with their questions', async () => {
    for (const kind of ['relay', 'loudspeaker'] as const) {
      await got(kind, 'sent', { sentParts: ['a', 'b'], sentTo: `-${kind}`, rendering: kind });
      world.destinations.set(kind, groupDestination(kind, { kind }));
    }
    const correction = await correct();
    const ids = [...world.deliveries.rows.keys()].filter((id) => id.startsWith(`${correction.id}.`));
    for (const kind of ['relay', 'loudspeaker']) {
      const rows = ids.map((id) => world.deliveries.one(id)).filter((row) => row.rendering === kind);
      // The right text is read on three days, too.
      expect(rows).toHaveLength(kind === 'relay' ? 1 : 3);
      for (const row of rows) {
        expect(row.edits).toBeUndefined();
        expect(row.prompt).toMatchObject({ subject: { kind } });
      }
    }
  });

  it('is refused where nothing went out, and for people who are no editors', async () => {
    world.runs.set('R', sendingRun('R', { state: 'scheduled', startedAtMs: null }));
    await submitCorrection(world.ports, world.from('ha'), draft);
    expect(world.toldTo('ha').at(-1)).toContain('chưa đến ai');
    world.runs.set('R', sendingRun('R', { state: 'done' }));
    await submitCorrection(world.ports, world.from('binh'), draft);
    expect(world.runs.size).toBe(1);
  });

  it('is begun from the last runs, with their words to copy, and previewed with its reach', async () => {
    await got('sent', 'sent', { sentParts: ['m1'], sentTo: '-sent' });
    await got('zalo', 'sent', { zalo: true, sentParts: ['z1'] });
    await listRuns(world.ports, world.from('ha'));
    expect(world.toldTo('ha').at(-1)).toContain('1 01/01 Lịch họp');
    await openCorrection(world.ports, world.from('ha'), 'R');
    expect(world.toldTo('ha').at(-1)).toBe('body');
    await previewCorrection(world.ports, world.from('ha'), draft);
    const shown = world.toldTo('ha').join('\n');
    expect(shown).toContain('đúng 2 nơi');
    expect(shown).toContain('1 nhóm Telegram');
    expect(shown).toContain(draft.body);
  });
});
