import { meetingWords } from '#src/domain/broadcast/meeting.ts';
import type { Delivery, PromptToOpen } from '#src/domain/outbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import { type BroadcastRun, type Meeting, wordsOf } from '#src/domain/run.ts';
import { choiceButtons, withChoices } from '#src/domain/text/choices.ts';
import { wakeLane } from '../../send/notify.ts';
import type { BroadcastPorts } from '../ports.ts';

/**
 * The one row of a post that is spoken of in a meeting: to its chair, with the words and the "1". Made again it is the same row.
 * A chair who has left or never joined gets none, and coverage says so. Answers how many rows were new.
 */
export async function handToChair(
  ports: BroadcastPorts,
  run: BroadcastRun,
  plan: Plan,
  meeting: Meeting,
): Promise<number> {
  const chair = await ports.staff.get(meeting.chairId);
  const [chat] = chair?.contacts ?? [];
  if (!chair?.active || !chat) {
    ports.log.warn({ run: run.id }, 'chair of a meeting out of reach');
    return 0;
  }
  const id = `${run.id}.meeting`;
  const prompt = saidPrompt(ports, id, id);
  const text = ports.texts.render({
    key: 'spoken.handOver',
    params: {
      meeting: meetingWords((ref) => ports.texts.render(ref), plan, meeting),
      words: wordsOf(run.renderings.zalo),
    },
  });
  const row: Delivery = {
    id,
    lane: 'broadcast',
    platform: chat.platform,
    target: { kind: 'chat', chat },
    runId: run.id,
    rendering: 'meeting',
    ...(meeting.neighbourhood === null ? {} : { neighbourhood: meeting.neighbourhood }),
    message: {
      text: withChoices(text, prompt.choices),
      buttons: choiceButtons(prompt.id, prompt.choices),
      ...(run.photoIds.length > 0 ? { photoIds: run.photoIds } : {}),
      ...(run.documentId === null ? {} : { documentId: run.documentId }),
    },
    prompt,
    state: 'pending',
    dueAtMs: run.sendAtMs,
    sentParts: [],
    attempts: 0,
  };
  const added = await ports.deliveries.insert([row]);
  await wakeLane(ports, chat.platform, 'broadcast');
  return added;
}

export function saidPrompt(
  { texts }: Pick<BroadcastPorts, 'texts'>,
  id: string,
  deliveryId: string,
): PromptToOpen {
  const label = texts.render({ key: 'spoken.said' });
  return { id, subject: { kind: 'meeting', deliveryId }, choices: [{ number: '1', value: 'said', label }] };
}
