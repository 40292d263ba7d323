import type { Case } from '#src/domain/case.ts';
import { mostAlike } from '#src/domain/cases/near-duplicate.ts';
import { OPEN_STATES } from '#src/domain/cases/states.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { ResidentEffect } from '#src/domain/conversation/resident-effects.ts';
import { chatKey } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { planOf } from './case-law.ts';
import { performByResident } from './perform-act.ts';
import { tellHandler } from './tell-staff.ts';

const LOOKED_AT = 30;

/** An open case of somebody else about the same matter at the same place, lately; the one that has waited longest. */
export async function alikeCase(app: App, matter: Case): Promise<Case | null> {
  const { categoryId, neighbourhoodId, createdAtMs } = matter;
  if (neighbourhoodId === null) return null;
  const { days } = (await planOf(app)).cases.alert;
  const sinceMs = createdAtMs - days * DAY_MS;
  const open = await app.cases.openAlike({ categoryId, neighbourhoodId, sinceMs }, LOOKED_AT);
  const others = open.filter(
    (one) => one.id !== matter.id && chatKey(one.resident) !== chatKey(matter.resident),
  );
  const id = mostAlike(
    wordsOf(matter),
    others.map((one) => ({ id: one.id, words: wordsOf(one) })),
  );
  return others.find((one) => one.id === id) ?? null;
}

const wordsOf = ({ text, place }: Case): string => `${text}\n${place.text ?? ''}`;

/** Asked after the case is there, so that nothing hangs on the answer. */
export async function offerFollowing(app: App, matter: Case, alike: Case): Promise<void> {
  const { neighbourhoods } = await planOf(app);
  const place = neighbourhoods.find(({ id }) => id === matter.neighbourhoodId)?.name ?? '';
  await notifyChat(app, {
    id: `alike.${matter.id}`,
    chat: matter.resident,
    text: { key: 'mycase.alike.ask', params: { place } },
    prompt: {
      id: `alike.${matter.id}`,
      subject: { kind: 'case-alike', caseId: matter.id, intoId: alike.id },
      choices: ['follow', 'keep'].map((value, index) => ({
        number: String(index + 1),
        value,
        label: app.texts.render({ key: `mycase.alike.${value}` }),
      })),
    },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

/** The resident's word makes one case of two; where the other one has ended meanwhile, theirs goes on alone. */
export async function followCase(
  app: App,
  context: EffectContext,
  { caseId, intoId }: Extract<ResidentEffect, { kind: 'follow-case' }>,
): Promise<void> {
  const into = await app.cases.get(intoId);
  const followed = await app.cases.get(caseId);
  const isRepeated = followed?.mergedInto === intoId;
  if (!into || (!isRepeated && !OPEN_STATES.includes(into.state))) {
    return replyText(app, context, { key: 'mycase.alike.kept' });
  }
  const done = await performByResident(app, context, caseId, { kind: 'follow', intoId, intoCode: into.code });
  if (!done) return;
  const { matter } = done;
  const told = { id: `followed.${context.id}`, key: 'casework.mergedHere', params: { from: matter.code } };
  await tellHandler(app, into, told);
  if (matter.handlerId !== into.handlerId) {
    await tellHandler(app, matter, {
      id: `followed.away.${context.id}`,
      key: 'casework.followed',
      params: { into: into.code },
      isPlain: true,
    });
  }
  await replyText(app, context, { key: 'mycase.merged', params: { code: matter.code, into: into.code } });
}
