import { describe, expect, it } from 'vitest';
import { contentHash } from '#src/domain/broadcast/approval.ts';
import { countRecipients, getsRun, totalRecipients } from '#src/domain/broadcast/audience.ts';
import type { Destination } from '#src/domain/destination.ts';
import { type Audience, EVERYONE } from '#src/domain/run.ts';
import { plan } from '#test/support/conversation.ts';
import { groupDestination, sendingRun } from '../send/world.ts';

const everyone = { topicId: 'TT-01', audience: EVERYONE };
const to = (audience: Partial<Audience>) => ({ topicId: 'TT-01', audience: { ...EVERYONE, ...audience } });
const one = (over: Partial<Destination>) => groupDestination('g', over);

const zalo = one({ chat: { platform: 'zalo', chatId: 'g:1' }, neighbourhood: 'khu-3' });
const ofKhu3 = one({ neighbourhood: 'khu-3' });
const ofWard = one({ neighbourhood: null });
const officers = one({ audience: 'officers' });
const head = one({ kind: 'relay', audience: null, neighbourhood: 'khu-3' });
const loudspeaker = one({ kind: 'loudspeaker', audience: null, neighbourhood: null });

describe('who gets a run', () => {
  it('is everyone whom the topic goes to, unless somebody chose', () => {
    for (const each of [zalo, ofKhu3, ofWard, officers, head, loudspeaker]) {
      expect(getsRun(plan, everyone, each)).toBe(true);
    }
    // The plan names no loudspeaker for TT-10, and for TT-09 meetings alone.
    expect(getsRun(plan, { ...everyone, topicId: 'TT-10' }, loudspeaker)).toBe(false);
    expect(getsRun(plan, { ...everyone, topicId: 'TT-09' }, ofKhu3)).toBe(false);
    expect(getsRun(plan, { ...everyone, topicId: 'of another year' }, loudspeaker)).toBe(true);
  });

  it('is only who hears through the chosen channels', () => {
    expect(getsRun(plan, to({ channels: ['zalo'] }), zalo)).toBe(true);
    expect(getsRun(plan, to({ channels: ['zalo'] }), ofKhu3)).toBe(false);
    expect(getsRun(plan, to({ channels: ['zalo'] }), head)).toBe(false);
    expect(getsRun(plan, to({ channels: ['relay'] }), head)).toBe(true);
    expect(getsRun(plan, { ...to({ channels: ['loudspeaker'] }), topicId: 'TT-10' }, loudspeaker)).toBe(
      false,
    );
  });

  it('is only what belongs to the chosen neighbourhoods: what is the whole ward’s stays out', () => {
    const chosen = to({ neighbourhoods: ['khu-3', 'khu-5a'] });
    expect(getsRun(plan, chosen, ofKhu3)).toBe(true);
    expect(getsRun(plan, chosen, head)).toBe(true);
    expect(getsRun(plan, chosen, one({ neighbourhood: 'khu-5' }))).toBe(false);
    expect(getsRun(plan, chosen, ofWard)).toBe(false);
    expect(getsRun(plan, chosen, loudspeaker)).toBe(false);
  });

  it('is only the chosen kinds of group; heads and loudspeakers speak to residents', () => {
    expect(getsRun(plan, to({ groups: ['officers'] }), officers)).toBe(true);
    expect(getsRun(plan, to({ groups: ['officers'] }), ofKhu3)).toBe(false);
    expect(getsRun(plan, to({ groups: ['officers'] }), head)).toBe(false);
    expect(getsRun(plan, to({ groups: ['residents', 'officers'] }), loudspeaker)).toBe(true);
  });
});

describe('what an approval is of', () => {
  const hashOf = (audience: Partial<Audience>) =>
    contentHash({ ...sendingRun('r'), audience: { ...EVERYONE, ...audience } }, (words) => words);

  it('includes to whom the post goes', () => {
    const hashes = [
      hashOf({}),
      hashOf({ neighbourhoods: ['khu-3'] }),
      hashOf({ groups: ['officers'] }),
      hashOf({ channels: ['zalo'] }),
      hashOf({ channels: [] }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('is the same in whatever order an audience was named', () => {
    expect(hashOf({ neighbourhoods: ['khu-1', 'khu-2'] })).toBe(
      hashOf({ neighbourhoods: ['khu-2', 'khu-1'] }),
    );
  });
});

describe('the number of recipients', () => {
  const row = (over: Partial<Destination>, count: number) => ({ ...one(over), count });

  it('is counted by kind, of those who can be reached now', () => {
    const census = [
      row({}, 3),
      row({ chat: { platform: 'zalo', chatId: 'z' } }, 2),
      row({ kind: 'relay', audience: null }, 4),
      row({ kind: 'loudspeaker', audience: null }, 1),
      row({ kind: 'subscriber', neighbourhood: null }, 50),
      row({ state: 'unreachable' }, 7),
      row({ state: 'waiting' }, 7),
    ];
    const counts = countRecipients(plan, everyone, census);
    expect(counts).toEqual({
      'telegram-groups': 3,
      'zalo-groups': 2,
      heads: 4,
      loudspeakers: 1,
      subscribers: 50,
    });
    expect(totalRecipients(counts)).toBe(60);
    expect(countRecipients(plan, to({ channels: ['zalo'] }), census)).toMatchObject({
      'zalo-groups': 2,
      subscribers: 0,
    });
  });

  it('includes subscribers who asked for everything, and of the others those of the neighbourhood', () => {
    const chosen = to({ neighbourhoods: ['khu-3'] });
    expect(getsRun(plan, chosen, one({ kind: 'subscriber', neighbourhood: null }))).toBe(true);
    expect(getsRun(plan, chosen, one({ kind: 'subscriber', neighbourhood: 'khu-3' }))).toBe(true);
    expect(getsRun(plan, chosen, one({ kind: 'subscriber', neighbourhood: 'khu-4' }))).toBe(false);
  });
});
