import { beforeEach, describe, expect, it } from 'vitest';
import { previewRun } from '#src/app/broadcast/preview-run.ts';
import type { Allowance } from '#src/app/ports/channel.ts';
import { atLocal, DAY_MS } from '#src/domain/calendar/local-time.ts';
import { groupDestination } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

const NOW = atLocal('2024-03-18', '10:00');

let world: BroadcastWorld;
beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor');
  world.state.nowMs = NOW;
  for (const n of [1, 2, 3]) {
    const group = groupDestination(`z${String(n)}`);
    const chat = { platform: 'zalo', chatId: `g:${String(n)}` } as const;
    world.destinations.set(group.id, { ...group, chat, title: `Khu ${String(n)}` });
  }
});

async function previewed(allowance: () => Promise<Allowance>): Promise<string> {
  const { telegram } = world.ports.channels;
  if (!telegram) throw new Error('no channel');
  const channels = { telegram, zalo: { ...telegram, platform: 'zalo', allowance } } as const;
  await previewRun({ ...world.ports, channels }, world.from('ha'), { ...draft, sendAtMs: NOW + DAY_MS });
  return world.toldTo('ha').join('\n');
}
const plenty: Allowance = { callsPerMinute: 100, groups: [], privateLeft: null };

describe('what Zalo will refuse', () => {
  it('is said in the preview: a place that runs out before the post or soon after, and how long it takes', async () => {
    const words = await previewed(() =>
      Promise.resolve({
        callsPerMinute: 2,
        privateLeft: null,
        groups: [
          { chatId: 'g:1', untilMs: NOW + DAY_MS / 2 },
          { chatId: 'g:2', untilMs: NOW + 5 * DAY_MS },
          { chatId: 'g:3', untilMs: NOW + 90 * DAY_MS },
        ],
      }),
    );
    expect(words).toContain('Nhóm Zalo “Khu 1” hết hạn ngày 18/3, trước giờ gửi');
    expect(words).toContain('Nhóm Zalo “Khu 2” hết hạn ngày 23/3. Nhờ quản trị gia hạn');
    expect(words).not.toContain('“Khu 3” hết hạn');
    expect(words).toContain('3 nhóm Zalo mất khoảng 2 phút');
  });

  it('is counted for people, too', async () => {
    const head = groupDestination('head');
    const chat = { platform: 'zalo', chatId: '9' } as const;
    world.destinations.set('head', { ...head, kind: 'relay', chat });
    const words = await previewed(() => Promise.resolve({ ...plenty, privateLeft: 0 }));
    expect(words).toContain('còn 0, cần 1');
  });

  it('is no word where there is plenty, and no obstacle where Zalo cannot be asked', async () => {
    const words = await previewed(() => Promise.resolve(plenty));
    expect(words).not.toMatch(/hết hạn|một phút:|Hạn mức/u);
    expect(await previewed(() => Promise.reject(new Error('timeout')))).toContain('Nơi nhận');
  });
});
