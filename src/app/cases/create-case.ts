import type { CaseDraft } from '#src/domain/conversation/types.ts';
import type { Category } from '#src/domain/plan.ts';
import { legalKindOf } from '#src/domain/vietnamese/triage.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { presentDay, presentSpokenCode } from '../present.ts';
import { NotYet } from '../inbound/not-yet.ts';
import { announceCase } from './announce-case.ts';
import { keepFiles, mediaIdsOf } from './keep-files.ts';

/** A confirmed form becomes a case, a card for the unit and an answer with its code. Idempotent by the effect's id. Throws `NotYet` while files are missing. */
export async function createCase(app: App, context: EffectContext, draft: CaseDraft): Promise<void> {
  const category = await categoryOf(app, draft.categoryId);
  const nowMs = app.clock.nowMs();
  const created = await app.cases.create(
    {
      id: context.id,
      resident: context.conversation.chat,
      residentName: '',
      honorific: context.conversation.honorific,
      phone: draft.phone,
      text: draft.text,
      place: { text: draft.placeText, location: draft.location },
      mediaIds: mediaIdsOf(context.id, draft.files.length),
      categoryId: category.id,
      legalKind: legalKindOf(draft.text),
      unitId: category.unit,
      state: 'new',
      handlerId: null,
      answer: null,
      rating: null,
      createdAtMs: nowMs,
      dueAtMs: await app.dueAtMs(category.rule, nowMs),
      rev: 1,
      history: [{ atMs: nowMs, by: 'resident', action: 'created' }],
    },
    codePrefix(nowMs),
  );
  await announceCase(app, created, category, { key: 'staff.card', id: `card.${created.id}` });
  await replyText(app, context, {
    key: 'report.received',
    params: {
      code: created.code,
      spoken: presentSpokenCode(app.texts, created.code),
      ...presentDay(app.texts, created.dueAtMs),
    },
  });
  // Last: no file that cannot be had keeps a case from its officer or an answer from its resident.
  const missing = await keepFiles(app, context, draft.files);
  if (missing > 0) throw new NotYet(`${String(missing)} files of case ${created.id} are missing`);
}

/** The month at the ward: codes start again with it and stay short enough to say aloud. */
function codePrefix(nowMs: number): string {
  return String(new Date(nowMs + 7 * 3_600_000).getUTCMonth() + 1);
}

export async function categoryOf(app: App, categoryId: string | null): Promise<Category> {
  const current = await app.plans.current();
  const categories = current?.plan.categories ?? [];
  const category = categories.find((one) => one.id === (categoryId ?? 'other')) ?? categories.at(-1);
  if (!category) throw new Error('the plan has no categories');
  return category;
}
