import { describe, expect, it } from 'vitest';
import { createWorld, deliveryRow, GRANTED, groupDestination, sendingRun } from './world.ts';

const chat = (chatId: string) => ({ platform: 'telegram' as const, chatId });
const toChat = (chatId: string) => ({ target: { kind: 'chat' as const, chat: chat(chatId) } });
const toGroup = (destinationId: string) => ({ target: { kind: 'destination' as const, destinationId } });

describe('sendDue: what goes out', () => {
  it('sends every due row once, with one slot each, and says nothing waits', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 250 }, () => ({})));
    expect(await world.send()).toEqual({ sent: 250, nextInMs: null });
    expect(world.calls).toHaveLength(250);
    expect(world.taken).toHaveLength(250);
    expect(new Set(Object.values(world.deliveries.states()))).toEqual(new Set(['sent']));
    expect(await world.send()).toEqual({ sent: 0, nextInMs: null });
    expect(world.calls).toHaveLength(250);
  });

  it('writes many claims and outcomes in one round trip', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 100 }, () => ({})));
    await world.send({ maxInFlight: 32 });
    expect(world.deliveries.roundTrips.markSending).toBeLessThan(30);
    expect(world.deliveries.roundTrips.settle).toBeLessThan(30);
  });

  it('leaves rows of the future alone and says when to come back', async () => {
    const world = createWorld();
    await world.add({ dueAtMs: world.state.nowMs + 5_000 });
    expect(await world.send()).toEqual({ sent: 0, nextInMs: 5_000 });
  });

  it('lets two workers at once send each row exactly once', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 300 }, () => ({})));
    const reports = await Promise.all([world.send(), world.send(), world.send()]);
    expect(reports.reduce((sum, report) => sum + report.sent, 0)).toBe(300);
    expect(new Set(world.calls.map((call) => call.chat.chatId)).size).toBe(300);
    expect(world.calls).toHaveLength(300);
  });

  it('sends the rows of one chat one after the other, in order', async () => {
    const world = createWorld();
    let underWay = 0;
    world.script.outcome = async () => {
      underWay += 1;
      expect(underWay).toBe(1);
      await Promise.resolve();
      underWay -= 1;
      return { kind: 'sent', externalId: 'x' };
    };
    await world.add(...['a', 'b', 'c'].map((text) => ({ ...toChat('7'), message: { text } })));
    await world.send();
    expect(world.calls.map((call) => call.message.text)).toEqual(['a', 'b', 'c']);
  });

  it('takes the words of a run from its rendering and the chat from our own destination id', async () => {
    const world = createWorld();
    world.runs.set('r', sendingRun('r'));
    world.destinations.set('g', groupDestination('g'));
    await world.add({ runId: 'r', rendering: 'telegram', ...toGroup('g') });
    await world.send();
    expect(world.calls[0]).toMatchObject({ chat: chat('-g'), message: { text: 'telegram words' } });
  });

  it('opens the question in the chat before the call, newest first, once', async () => {
    const world = createWorld();
    const prompt = { id: 'p', subject: { kind: 'menu' as const }, choices: [] };
    world.script.saveConflicts = 2;
    await world.add({ ...toChat('7'), prompt });
    world.script.outcome = (call) => {
      expect(world.conversations.get('telegram:7')?.prompts.map((open) => open.id)).toEqual(['p']);
      return call.atMs === 50_000
        ? { kind: 'retry', why: 'network', afterMs: 0 }
        : { kind: 'sent', externalId: 'x' };
    };
    world.script.outcome = ((original) => (call) => {
      const outcome = original(call);
      world.state.realMs += 1;
      return outcome;
    })(world.script.outcome);
    await world.send();
    expect(world.calls).toHaveLength(2);
    expect(world.conversations.get('telegram:7')?.prompts).toHaveLength(1);
  });
});

describe('sendDue: several parts', () => {
  const long = `${'a'.repeat(90)} ${'b'.repeat(90)} ${'c'.repeat(90)}`;

  it('stores each part before the next one goes out', async () => {
    const world = createWorld();
    await world.add({ message: { text: long } });
    const storedBefore: number[] = [];
    world.script.outcome = () => {
      storedBefore.push(world.deliveries.one('d1').sentParts.length);
      return { kind: 'sent', externalId: `x${String(storedBefore.length)}` };
    };
    expect(await world.send()).toMatchObject({ sent: 1 });
    expect(storedBefore).toEqual([0, 1, 2]);
    expect(world.deliveries.one('d1')).toMatchObject({ state: 'sent', sentParts: ['x1', 'x2', 'x3'] });
  });

  it('goes on with the part whose turn it is after an interruption', async () => {
    const world = createWorld();
    await world.add({ message: { text: long }, sentParts: ['x1'] });
    await world.send();
    expect(world.calls.map((call) => call.message.text[0])).toEqual(['b', 'c']);
  });

  it('lets nothing else of the chat between two parts', async () => {
    const world = createWorld();
    await world.add(
      { ...toChat('7'), message: { text: long } },
      { ...toChat('7'), message: { text: 'after' } },
    );
    await world.send();
    expect(world.calls.map((call) => call.message.text[0])).toEqual(['a', 'b', 'c', 'a']);
    expect(world.calls[3]?.message.text).toBe('after');
  });

  it('puts the buttons on our own words and none on what a neighbourhood head forwards', async () => {
    const world = createWorld();
    world.runs.set('r', sendingRun('r'));
    world.destinations.set('h', groupDestination('h', { kind: 'relay' }));
    const choices = [{ number: '1', value: 'done', label: 'Xong' }];
    const prompt = { id: 'p', subject: { kind: 'relay' as const, deliveryId: 'd1' }, choices };
    await world.add({ runId: 'r', rendering: 'relay', ...toGroup('h'), prompt });
    await world.send();
    expect(world.calls.map((call) => [call.message.text, call.message.buttons?.length ?? 0])).toEqual([
      ['please forward', 1],
      ['the post', 0],
    ]);
  });

  it('sends a photo with a short text as its caption and a long text after it', async () => {
    const world = createWorld();
    world.media.set('m', { bytes: new Uint8Array([1]), contentType: 'image/jpeg' });
    await world.add(
      { message: { text: 'short', photoIds: ['m'] } },
      { message: { text: long, photoIds: ['m'] } },
    );
    await world.send({ maxInFlight: 1 });
    expect(world.calls[0]?.media[0]?.contentType).toBe('image/jpeg');
    expect(world.calls.filter((call) => call.media.length > 0)).toHaveLength(2);
    expect(world.calls.every((call) => call.message.text.length <= (call.media.length > 0 ? 40 : 100))).toBe(
      true,
    );
  });
});

describe('sendDue: the budget', () => {
  it('sleeps through a short wait and then sends', async () => {
    const world = createWorld();
    await world.add({});
    world.script.budget = () =>
      world.state.realMs < 50_500 ? { kind: 'wait', afterMs: 500, scope: 'bot' } : GRANTED;
    expect(await world.send()).toMatchObject({ sent: 1 });
    expect(world.calls[0]?.atMs).toBe(50_500);
  });

  it('gives the row of a slow chat back and sends the others', async () => {
    const world = createWorld();
    await world.add(toChat('slow'), toChat('fast'));
    world.script.budget = (to) =>
      to.chatId === 'slow' ? { kind: 'wait', afterMs: 30_000, scope: 'chat' } : GRANTED;
    expect(await world.send()).toEqual({ sent: 1, nextInMs: 30_000 });
    expect(world.deliveries.states()).toEqual({ d1: 'pending', d2: 'sent' });
  });

  it('rests the lane when the whole bot must wait long', async () => {
    const world = createWorld();
    await world.add(...Array.from({ length: 150 }, () => ({})));
    world.script.budget = () => ({ kind: 'wait', afterMs: 40_000, scope: 'bot' });
    expect(await world.send()).toEqual({ sent: 0, nextInMs: 40_000 });
    expect(world.taken.length).toBeLessThan(10);
    expect(new Set(Object.values(world.deliveries.states()))).toEqual(new Set(['pending']));
  });

  it('throws when there is no budget to ask, and gives the rows back', async () => {
    const world = createWorld();
    await world.add({}, {});
    world.script.budget = () => {
      throw new Error('no redis');
    };
    await expect(world.send({ maxInFlight: 1 })).rejects.toThrow('no redis');
    expect(world.deliveries.one('d2').state).toBe('pending');
    expect(world.calls).toHaveLength(0);
  });

  it('puts stored penalties back into a budget that forgot them', async () => {
    const world = createWorld();
    world.stored.push({ chatId: null, untilMs: 57_000 });
    await world.send();
    expect(world.penalties).toEqual([{ platform: 'telegram', chatId: null, afterMs: 7_000 }]);
  });
});

describe('sendDue: crash, stop, cancel', () => {
  it('can take back a row that was leased but not called', async () => {
    const world = createWorld();
    await world.add({});
    await world.deliveries.lease({
      platform: 'telegram',
      lane: 'broadcast',
      nowMs: world.state.nowMs,
      limit: 1,
      token: 'dead',
      realNowMs: 0,
      leaseMs: 1_000,
    });
    expect(await world.send()).toMatchObject({ sent: 0 });
    await world.deliveries.recover(world.state.realMs, 60_000);
    expect(await world.send()).toMatchObject({ sent: 1 });
  });

  it('stops at the signal with no row left leased', async () => {
    const world = createWorld();
    const stop = new AbortController();
    await world.add(...Array.from({ length: 50 }, () => ({})));
    world.script.outcome = () => {
      if (world.calls.length === 10) stop.abort();
      return { kind: 'sent', externalId: 'x' };
    };
    await world.send({ maxInFlight: 4, signal: stop.signal });
    expect(world.calls.length).toBeLessThan(16);
    const states = Object.values(world.deliveries.states());
    expect(states.filter((one) => one === 'sent')).toHaveLength(world.calls.length);
    expect(states.filter((one) => one === 'pending')).toHaveLength(50 - world.calls.length);
    expect(world.woken).toEqual(['telegram.broadcast']);
  });

  it('notices a cancelled run within a second', async () => {
    const world = createWorld();
    world.runs.set('r', sendingRun('r'));
    for (let n = 1; n <= 100; n += 1)
      world.destinations.set(`g${String(n)}`, groupDestination(`g${String(n)}`));
    await world.deliveries.insert(
      [...world.destinations.keys()].map((id) =>
        deliveryRow(`r.${id}`, { runId: 'r', rendering: 'telegram', ...toGroup(id) }),
      ),
    );
    let cancelledAtMs = Infinity;
    world.script.outcome = () => {
      world.state.realMs += 50;
      if (world.calls.length === 20) {
        world.runs.set('r', sendingRun('r', { state: 'cancelled' }));
        cancelledAtMs = world.state.realMs;
      }
      return { kind: 'sent', externalId: 'x' };
    };
    await world.send({ maxInFlight: 1 });
    expect(Math.max(...world.calls.map((call) => call.atMs))).toBeLessThanOrEqual(cancelledAtMs + 1_000);
    const states = Object.values(world.deliveries.states());
    expect(states.filter((one) => one === 'cancelled')).toHaveLength(100 - world.calls.length);
  });

  it('holds the rows of a paused run', async () => {
    const world = createWorld();
    world.runs.set('r', sendingRun('r', { state: 'paused' }));
    world.destinations.set('g', groupDestination('g'));
    await world.add({ runId: 'r', rendering: 'telegram', ...toGroup('g') });
    expect((await world.send()).nextInMs).toBeGreaterThan(0);
    expect(world.calls).toHaveLength(0);
    expect(world.deliveries.one('d1').state).toBe('pending');
  });

  it('lets what is not held go out past a paused run, and sees within a second that it was resumed', async () => {
    const world = createWorld();
    world.runs.set('r', sendingRun('r', { state: 'paused' }));
    world.destinations.set('g', groupDestination('g'));
    await world.add({ runId: 'r', rendering: 'telegram', ...toGroup('g') }, {});
    const report = await world.send();
    expect(report.sent).toBe(1);
    expect(report.nextInMs).toBeLessThan(1_000);
    world.runs.set('r', sendingRun('r'));
    expect(await world.send()).toMatchObject({ sent: 1, nextInMs: null });
  });
});
