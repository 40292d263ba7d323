import { describe, expect, it } from 'vitest';
import { clients } from './clients.ts';
import { useSandbox } from './support.ts';

describe('the control API', () => {
  const sandbox = useSandbox();
  const act = async (path: string, input?: unknown): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${sandbox().rootUrl}/control${path}`, {
      method: input === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    });
    return { status: response.status, body: await response.json() };
  };

  it('acts as a person from the first word to the tap', async () => {
    const { rootUrl, telegram } = sandbox();
    const client = clients[0].make(rootUrl, telegram.token);
    const person = ((await act('/people/create', { name: 'Bình' })).body as { id: string }).id;
    const { chat } = (await act('/telegram/open-private', { person })).body as { chat: number };
    await act('/telegram/say', { person, chat, text: 'A pothole' });
    await act('/telegram/send-photo', { person, chat, caption: 'Here' });
    const sent = await client.send(chat, 'Thanks', { buttons: [[{ text: 'OK', callback_data: 'ok' }]] });
    expect((await act(`/telegram/wait-for?chat=${chat}&contains=Tha`)).body).toMatchObject({
      text: 'Thanks',
    });
    const tapped = await act('/telegram/tap', { person, chat, messageId: sent.message_id, button: 'OK' });
    expect(tapped.body).toMatchObject({ kind: 'callback' });
    const shown = (await act(`/telegram/messages?chat=${chat}`)).body as readonly { text: string }[];
    expect(shown.map(({ text }) => text)).toEqual(['/start', 'A pothole', 'Here', 'Thanks']);
    expect((await act('/journal?kind=call')).body).toMatchObject([{ method: 'sendMessage', text: 'Thanks' }]);
  });

  it('moves the clock and arms faults', async () => {
    const before = sandbox().clock.nowMs();
    await act('/clock/advance', { ms: 86_400_000 });
    expect(sandbox().clock.nowMs()).toBeGreaterThanOrEqual(before + 86_400_000);
    await act('/clock/set', { at: '2027-01-31T08:00:00+07:00' });
    expect(new Date(sandbox().clock.nowMs()).toISOString()).toContain('2027-01-31T01:00:00');
    const added = await act('/faults/add', { method: 'getMe', action: { kind: 'status', status: 502 } });
    expect(added).toEqual({ status: 200, body: { id: 'fault-1' } });
    const { rootUrl, telegram } = sandbox();
    expect((await fetch(`${rootUrl}/bot${telegram.token}/getMe`)).status).toBe(502);
    expect((await act('/faults')).body).toEqual([]);
  });

  it('makes a Zalo account for the same person', async () => {
    const person = ((await act('/people/create', { name: 'Bình' })).body as { id: string }).id;
    await act('/zalo/say', { person, text: 'Hello OA' });
    expect((await act('/zalo/messages')).body).toMatchObject([{ from: 'person', text: 'Hello OA' }]);
  });

  it('says what is wrong with a request', async () => {
    expect(await act('/telegram/say', { person: 'person-1' })).toMatchObject({ status: 400 });
    expect((await act('/telegram/say', { person: 'nobody', chat: 1, text: 'x' })).status).toBe(400);
    expect((await act('/telegram/fly', {})).status).toBe(404);
  });
});
