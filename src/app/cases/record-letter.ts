import { endOfDay } from '#src/domain/calendar/local-time.ts';
import type { LetterDraft } from '#src/domain/conversation/case-effects.ts';
import { unitFor } from '#src/domain/cases/route.ts';
import { NOBODY } from '#src/domain/personal-data.ts';
import { findNeighbourhood } from '#src/domain/vietnamese/place.ts';
import type { App } from '../app.ts';
import { NotYet } from '../inbound/not-yet.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { announceCase } from './announce-case.ts';
import { planOf } from './case-law.ts';
import { categoryOf } from './create-case.ts';
import { caseIdOf, keepFiles, mediaIdsOf } from './keep-files.ts';
import { codePrefix, startWork } from './start-work.ts';
import { dueOf } from './tell-resident.ts';

/**
 * A signed paper becomes a case whose term runs from the day on which it was received: a complaint first until it is to be
 * accepted (Luật Khiếu nại 02/2011/QH13, Điều 27). Idempotent by the effect's id. Throws `NotYet` while photos are missing.
 */
export async function recordLetter(app: App, context: EffectContext, letter: LetterDraft): Promise<void> {
  const officer = await app.staff.byChat(context.conversation.chat);
  const plan = await planOf(app);
  const { letters } = plan.cases;
  if (!officer || letters === null) return replyText(app, context, { key: 'common.notAllowed' });
  const { legalKind, receivedOn, number, text, senderName, phone, files } = letter;
  const isComplaint = legalKind === 'complaint';
  const category = await categoryOf(app, letter.categoryId);
  // A complaint is about a decision and not about a place.
  const place = isComplaint ? undefined : findNeighbourhood(text, plan.neighbourhoods);
  const neighbourhoodId = place?.id ?? null;
  const nowMs = app.clock.nowMs();
  const id = caseIdOf(app, context);
  const created = await app.cases.create(
    {
      ...{ id, resident: NOBODY, residentName: senderName, honorific: null, phone, text },
      ...{ place: { text: null, location: null }, neighbourhoodId },
      mediaIds: mediaIdsOf(id, files.length),
      ...{ categoryId: category.id, legalKind },
      letter: { number, receivedOn, stage: isComplaint ? 'to-accept' : null },
      entered: { byId: officer.id, way: 'letter' },
      ...startWork(app, plan, {
        unitId: isComplaint ? letters.unit : unitFor(plan, category, neighbourhoodId),
        ruleId: isComplaint ? letters.complaint.acceptanceRule : letters.petitionRule,
        fromMs: Math.min(nowMs, endOfDay(receivedOn)),
      }),
      ...{ createdAtMs: nowMs, rev: 1 },
      history: [{ atMs: nowMs, by: officer.id, action: 'created', detail: 'letter' }],
    },
    codePrefix(nowMs),
  );
  await replyText(app, context, {
    key: `letter.recorded.${legalKind}`,
    params: { code: created.code, due: dueOf(app, created) },
  });
  await announceCase(app, created, category, { key: 'casework.cards.new', id: `card.${id}` });
  const missing = await keepFiles(app, context, files);
  if (missing > 0) throw new NotYet(`${String(missing)} photos of letter ${id} are missing`);
}
