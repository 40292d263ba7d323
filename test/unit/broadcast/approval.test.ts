import { beforeEach, describe, expect, it } from 'vitest';
import { approveRun } from '#src/app/broadcast/approve-run.ts';
import { controlFromChat } from '#src/app/broadcast/control-run.ts';
import { previewRun } from '#src/app/broadcast/preview-run.ts';
import { returnRun } from '#src/app/broadcast/return-run.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { submitRun } from '#src/app/broadcast/submit-run.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { groupDestination, hash } from '../send/world.ts';
import { createBroadcastWorld, draft, type BroadcastWorld } from './world.ts';

let world: BroadcastWorld;

beforeEach(() => {
  world = createBroadcastWorld();
  world.join('ha', 'editor', 'approver');
  world.join('binh', 'approver');
  world.join('cuc', 'approver');
  world.destinations.set('g', groupDestination('g'));
});

describe('a post on its way to approval', () => {
  it('is shown whole to every approver but its author, once', async () => {
    const effect = world.from('ha');
    await submitRun(world.ports, effect, draft);
    await submitRun(world.ports, effect, draft);
    const run = world.onlyRun();
    expect(run.state).toBe('submitted');
    for (const approver of ['binh', 'cuc']) {
      expect(world.toldTo(approver)).toHaveLength(1);
      expect(world.toldTo(approver)[0]).toContain(draft.body);
      expect(world.toldTo(approver)[0]).toContain('1 Duyệt · 2 Trả lại kèm ý kiến');
    }
    expect(world.toldTo('ha')).toHaveLength(1);
    expect(world.toldTo('ha')[0]).toContain('2 người duyệt');
  });

  it('cannot be submitted by somebody who is no editor', async () => {
    await submitRun(world.ports, world.from('binh'), draft);
    expect(world.runs.size).toBe(0);
  });

  it('says so where nobody else may approve', async () => {
    world.staff.delete('binh');
    world.staff.delete('cuc');
    await submitRun(world.ports, world.from('ha'), draft);
    expect(world.toldTo('ha')[0]).toContain('chưa ai khác có quyền duyệt');
  });

  it('is previewed as it goes out, with its reach', async () => {
    await previewRun(world.ports, world.from('ha'), draft);
    const told = world.toldTo('ha').join('\n');
    expect(told).toContain(draft.body);
    expect(told).toContain('một trăm năm mươi bảy của Hội đồng nhân dân');
    expect(told).toContain('1 nhóm');
  });
});

describe('approval', () => {
  beforeEach(() => submitRun(world.ports, world.from('ha'), draft));

  it('is never the author’s, though they may approve others', async () => {
    await approveRun(world.ports, world.from('ha'), world.onlyRun().id);
    expect(world.onlyRun().state).toBe('submitted');
    expect(world.toldTo('ha').at(-1)).toContain('phải người khác duyệt');
  });

  it('schedules the run, tells the author once, and repeated changes nothing', async () => {
    const effect = world.from('binh');
    await approveRun(world.ports, effect, world.onlyRun().id);
    const approved = world.onlyRun();
    await approveRun(world.ports, effect, approved.id);
    expect(world.onlyRun()).toEqual(approved);
    expect(approved).toMatchObject({ state: 'scheduled', approverId: 'binh' });
    expect(isApproved(approved, hash)).toBe(true);
    expect(world.toldTo('ha').filter((text) => text.includes('duyệt, gửi'))).toHaveLength(1);
  });

  it('is given by one of two who answer at once; the other is told', async () => {
    const { id } = world.onlyRun();
    await Promise.all(['binh', 'cuc'].map((one) => approveRun(world.ports, world.from(one), id)));
    const winner = world.onlyRun().approverId;
    const other = winner === 'binh' ? 'cuc' : 'binh';
    expect(world.toldTo(other).at(-1)).toContain('không phải duyệt nữa');
  });

  it('is refused for what is not what was shown', async () => {
    await approveRun(world.ports, world.from('binh'), world.onlyRun().id, 'hash of something else');
    expect(world.onlyRun().state).toBe('submitted');
    expect(world.toldTo('binh').at(-1)).toContain('đã sửa');
  });

  it('is void once the content differs: nothing goes out, people are asked again', async () => {
    await approveRun(world.ports, world.from('binh'), world.onlyRun().id);
    const run = world.onlyRun();
    world.runs.set(run.id, { ...run, contentHash: 'changed behind the back' });
    expect(await startDueRuns(world.ports)).toBe(0);
    expect(world.onlyRun()).toMatchObject({ state: 'submitted', approvedHash: null });
    expect(await world.deliveries.counts(run.id)).toMatchObject({ pending: 0 });
  });

  it('can be refused with a comment that the author reads word for word', async () => {
    const effect = world.from('binh');
    for (let twice = 0; twice < 2; twice += 1) {
      await returnRun(world.ports, effect, world.onlyRun().id, 'Thiếu số văn bản');
    }
    expect(world.onlyRun()).toMatchObject({ state: 'returned', returnComment: 'Thiếu số văn bản' });
    expect(world.toldTo('ha').filter((text) => text.includes('“Thiếu số văn bản”'))).toHaveLength(1);
    await approveRun(world.ports, world.from('cuc'), world.onlyRun().id);
    expect(world.onlyRun().state).toBe('returned');
  });
});

describe('calling a run off', () => {
  it('cancels what has not gone out, by the author or an approver only', async () => {
    world.join('dung', 'handler');
    await submitRun(world.ports, world.from('ha'), draft);
    await approveRun(world.ports, world.from('binh'), world.onlyRun().id);
    await startDueRuns(world.ports);
    await controlFromChat(world.ports, world.from('dung'), world.onlyRun().id, 'cancel');
    expect(world.onlyRun().state).toBe('sending');
    await controlFromChat(world.ports, world.from('ha'), world.onlyRun().id, 'cancel');
    expect(world.onlyRun().state).toBe('cancelled');
    expect(await world.deliveries.counts(world.onlyRun().id)).toMatchObject({ pending: 0, cancelled: 1 });
    await world.send();
    expect(world.calls).toHaveLength(0);
  });
});
