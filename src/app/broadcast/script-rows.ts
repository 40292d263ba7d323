import { dayWords, readingTimeWords } from '#src/domain/broadcast/labels.ts';
import { type ReadingDay, readingDays } from '#src/domain/broadcast/reading-days.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Destination } from '#src/domain/destination.ts';
import { ASK_AGAIN, type Delivery, type OutboundMessage, type PromptToOpen } from '#src/domain/outbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import { type BroadcastRun, wordsOf } from '#src/domain/run.ts';
import { readingTime } from '#src/domain/text/speech/reading-time.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';
import type { BroadcastPorts } from './ports.ts';

/** Nobody answers a question about the day before yesterday. */
const ASK_AGAIN_FOR_MS = 36 * 3_600_000;

export const askAgainId = (scriptRowId: string) => `${scriptRowId}.again`;

/**
 * The rows of a loudspeaker: for each day the script with its sheet, and the one question of the morning after. Ids are
 * `<run>.<destination>.<yyyymmdd>`. Sheets are drawn once a run and day, whoever asks first.
 */
export function createScriptRows(
  ports: BroadcastPorts,
  run: BroadcastRun,
  plan: Plan,
): (destination: Destination) => Promise<readonly Delivery[]> {
  const days = readingDays(run, plan.broadcasting, ports.calendar);
  let drawn: Promise<readonly OutboundMessage[]> | null = null;
  return async (destination) => {
    drawn ??= Promise.all(days.map((day) => dayMessage(ports, run, plan, day)));
    const messages = await drawn;
    return days.flatMap((day, index) => {
      const id = `${run.id}.${destination.id}.${day.date.replaceAll('-', '')}`;
      const row: Delivery = {
        id,
        lane: 'broadcast',
        platform: destination.chat.platform,
        target: { kind: 'destination', destinationId: destination.id },
        runId: run.id,
        rendering: 'loudspeaker',
        ...(destination.neighbourhood === null ? {} : { neighbourhood: destination.neighbourhood }),
        ...(messages[index] ? { message: messages[index] } : {}),
        prompt: readPrompt(ports, id),
        state: 'pending',
        dueAtMs: day.handOverAtMs,
        expiresAtMs: day.endsAtMs,
        sentParts: [],
        attempts: 0,
      };
      return [row, askAgainRow(ports, run, day, row)];
    });
  };
}

function readPrompt(ports: BroadcastPorts, deliveryId: string): PromptToOpen {
  const label = ports.texts.render({ key: 'broadcast.loudspeaker.done' });
  return {
    id: deliveryId,
    subject: { kind: 'loudspeaker', deliveryId },
    choices: [{ number: '1', value: 'read', label }],
  };
}

function askAgainRow(ports: BroadcastPorts, run: BroadcastRun, day: ReadingDay, script: Delivery): Delivery {
  const render = (ref: TextRef) => ports.texts.render(ref);
  const { choices, subject } = readPrompt(ports, script.id);
  const notRead = { number: '2', value: 'not-read', label: render({ key: 'broadcast.loudspeaker.notRead' }) };
  const prompt: PromptToOpen = { id: askAgainId(script.id), subject, choices: [...choices, notRead] };
  const text = render({
    key: 'broadcast.loudspeaker.askAgain',
    params: { title: run.title, day: dayWords(render, day.date) },
  });
  return {
    ...script,
    id: askAgainId(script.id),
    lane: 'reminder',
    rendering: ASK_AGAIN,
    message: { text: withChoices(text, prompt.choices), buttons: choiceButtons(prompt.id, prompt.choices) },
    prompt,
    dueAtMs: day.askAgainAtMs,
    expiresAtMs: day.askAgainAtMs + ASK_AGAIN_FOR_MS,
  };
}

/** The day's own words, and its sheets behind the script that was approved. */
async function dayMessage(
  ports: BroadcastPorts,
  run: BroadcastRun,
  plan: Plan,
  day: ReadingDay,
): Promise<OutboundMessage> {
  const render = (ref: TextRef) => ports.texts.render(ref);
  const script = wordsOf({ parts: run.renderings.loudspeaker.parts.slice(1) });
  const time = readingTimeWords(render, readingTime(script));
  const heading = render({
    key: day.slots.length === 0 ? 'broadcast.sheet.now' : 'broadcast.sheet.day',
    params: {
      number: day.number,
      of: day.of,
      date: dayWords(render, day.date),
      slots: day.slots.map((slot) => slotWords(render, slot)).join(render({ key: 'broadcast.sheet.and' })),
    },
  });
  const pages = await ports.sheets.drawScript({
    ward: render({ key: 'broadcast.signature', params: { ward: plan.ward.name } }),
    day: heading,
    title: run.title,
    readingTime: render({ key: 'broadcast.sheet.time', params: { time } }),
    script,
    signHere: render({ key: 'broadcast.sheet.signHere' }),
    pageOf: (page, of) => render({ key: 'broadcast.sheet.page', params: { page, of } }),
  });
  const kept = await Promise.all(
    pages.map(async (bytes, index) => {
      const photoId = `${run.id}.sheet.${day.date.replaceAll('-', '')}.${String(index + 1)}`;
      if (!(await ports.media.get(photoId)))
        await ports.media.put(photoId, { bytes, contentType: 'image/png' });
      const page = { page: index + 1, of: pages.length };
      return { photoIds: [photoId], text: render({ key: 'broadcast.sheet.caption', params: page }) };
    }),
  );
  return {
    text: render({ key: 'broadcast.loudspeaker.askDay', params: { day: heading, time } }),
    pages: kept,
  };
}

/** "05:30" as people say it. */
function slotWords(render: (ref: TextRef) => string, slot: string): string {
  const [hour = '', minute = ''] = slot.split(':');
  return minute === '00'
    ? render({ key: 'broadcast.when.hour', params: { hour: Number(hour) } })
    : render({ key: 'broadcast.when.minute', params: { hour: Number(hour), minute } });
}
