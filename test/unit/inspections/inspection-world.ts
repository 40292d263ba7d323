import { runEffects } from '#src/app/inbound/run-effects.ts';
import { tickVisits } from '#src/app/inspections/tick-visits.ts';
import { openPrompt } from '#src/app/send/open-prompt.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { InspectionOrder } from '#src/domain/conversation/inspection-effects.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import { createAppWorld } from '#test/unit/app/app-world.ts';

/**
 * A ward whose steering committee looks at the office: `lead` and `second` go, `head` and `clerk` work there, `chair` is the
 * chairperson. Questions are open as soon as they are written.
 */
export async function createInspectionWorld() {
  const world = await createAppWorld();
  const { app, time } = world;
  const at = (day: string, clock: string): void => {
    time.nowMs = atLocal(day, clock);
  };
  at('2024-06-03', '09:00');
  const members = {
    lead: await world.join('lead', ['inspector', 'leader'], 'steering-committee'),
    second: await world.join('second', ['inspector'], 'political-organisations'),
    head: await world.join('head', ['leader'], 'office'),
    clerk: await world.join('clerk', ['handler', 'admin'], 'office'),
    chair: await world.join('chair', ['chairperson'], 'chairperson'),
  };
  let told = 0;

  async function settle(): Promise<void> {
    for (const row of world.rows.slice(told))
      if (row.prompt && row.target.kind === 'chat') await openPrompt(app, row.target.chat, row.prompt, true);
    told = world.rows.length;
  }

  /** What was due went out meanwhile. */
  async function deliver(): Promise<void> {
    for (const { id, dueAtMs } of world.rows)
      if (dueAtMs <= time.nowMs) await app.deliveries.change(id, ['pending'], { state: 'sent' });
  }

  /** What somebody types, and the answer. */
  async function say(chatId: string, text: string): Promise<string> {
    await deliver();
    time.nowMs += 1_000;
    await world.receive(chatId, { kind: 'text', text });
    await world.handle(chatId);
    await settle();
    return world.toldTo(chatId).at(-1) ?? '';
  }

  return {
    ...world,
    at,
    members,
    say,
    async tell(chatId: string, ...words: readonly string[]): Promise<string> {
      let last = '';
      for (const one of words) last = await say(chatId, one);
      return last;
    },
    async tick(): Promise<void> {
      await tickVisits(app);
      await settle();
    },
    /** An order as a step would have made it, whatever was shown. */
    async order(chatId: string, order: InspectionOrder): Promise<string> {
      await world.commit(chatId, { kind: 'inspection', order });
      await runEffects(app, `telegram:${chatId}`);
      await settle();
      return world.toldTo(chatId).at(-1) ?? '';
    },
    async visits(): Promise<readonly Visit[]> {
      return app.visits.since('2000-01-01');
    },
    async only(): Promise<Visit> {
      const [visit] = await app.visits.since('2000-01-01');
      if (!visit) throw new Error('no visit');
      return visit;
    },
  };
}

export type InspectionWorld = Awaited<ReturnType<typeof createInspectionWorld>>;

/** What the team does on the day, up to the summary before the end. */
export async function inspect(world: InspectionWorld): Promise<void> {
  await world.tell('lead', 'Xem từng mục', 'Đạt', 'Chưa đạt', 'Đạt', 'Đạt', 'Chưa xem');
  await world.tell(
    'lead',
    'Ghi điều thấy được',
    'Ba người không đeo thẻ',
    'Cần sửa',
    '20/6',
    'Bỏ qua',
    'Ghi',
  );
  await world.tell('lead', 'Ghi điều thấy được', 'Sổ trực ghi thiếu', 'Nhắc nhở', 'Bỏ qua', 'Ghi');
}
