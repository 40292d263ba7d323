import type { Case } from '#src/domain/case.ts';
import { unitFor } from '#src/domain/cases/route.ts';
import type { CaseDraft, Effect } from '#src/domain/conversation/types.ts';
import { NOBODY } from '#src/domain/personal-data.ts';
import type { Category } from '#src/domain/plan.ts';
import { legalKindOf } from '#src/domain/vietnamese/triage.ts';
import { findNeighbourhood } from '#src/domain/vietnamese/place.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay, presentSpokenCode } from '../present.ts';
import { NotYet } from '../inbound/not-yet.ts';
import { alertLeader } from './alert-leader.ts';
import { announceCase } from './announce-case.ts';
import { planOf } from './case-law.ts';
import { alikeCase, offerFollowing } from './follow-case.ts';
import { caseIdOf, keepFiles, mediaIdsOf } from './keep-files.ts';
import { codePrefix, startWork } from './start-work.ts';

type Agreed = Pick<Extract<Effect, { readonly kind: 'create-case' }>, 'consent' | 'isAnonymous' | 'entered'>;

/** A confirmed form becomes a case, a card for the unit and an answer with its code. Idempotent by the effect's id. Throws `NotYet` while files are missing. */
export async function createCase(
  app: App,
  context: EffectContext,
  draft: CaseDraft,
  agreed: Agreed = {},
): Promise<void> {
  const officer = agreed.entered === undefined ? null : await app.staff.byChat(context.conversation.chat);
  if (agreed.entered !== undefined && !officer) return replyText(app, context, { key: 'common.notAllowed' });
  const category = await categoryOf(app, draft.categoryId);
  const nowMs = app.clock.nowMs();
  const plan = await planOf(app);
  const neighbourhoodId =
    findNeighbourhood(`${draft.placeText ?? ''} ${draft.text}`, plan.neighbourhoods)?.id ?? null;
  const created = await app.cases.create(
    {
      id: caseIdOf(app, context),
      ...senderOf(context, agreed, officer, nowMs),
      residentName: draft.behalfOf ?? '',
      phone: draft.phone,
      text: draft.text,
      place: { text: draft.placeText, location: draft.location },
      mediaIds: mediaIdsOf(caseIdOf(app, context), draft.files.length),
      categoryId: category.id,
      legalKind: legalKindOf(draft.text),
      ...(draft.wantsCall ? { wantsCall: true } : {}),
      neighbourhoodId,
      ...startWork(app, plan, {
        unitId: unitFor(plan, category, neighbourhoodId),
        ...{ ruleId: category.rule, fromMs: nowMs },
      }),
      createdAtMs: nowMs,
      rev: 1,
    },
    codePrefix(nowMs),
  );
  // First of all: somebody waits for it.
  await replyText(app, context, {
    key: officer ? 'entry.received' : 'report.received',
    params: {
      code: created.code,
      spoken: presentSpokenCode(app.texts, created.code),
      ...presentDay(app.texts, created.dueAtMs),
      ...(officer ? personParams(officer) : {}),
    },
  });
  const alike = await alikeCase(app, created);
  if (alike) await offerFollowing(app, created, alike);
  await announceCase(app, created, category, {
    key: 'casework.cards.new',
    id: `card.${created.id}`,
    ...(alike ? { alikeCode: alike.code } : {}),
  });
  await alertLeader(app, created);
  // Last: no file that cannot be had keeps a case from its officer or an answer from its resident.
  const missing = await keepFiles(app, context, draft.files);
  if (missing > 0) throw new NotYet(`${String(missing)} files of case ${created.id} are missing`);
}

/** Who hears of it. An officer who writes for somebody is not who sent it: whoever sent it is called. */
function senderOf(
  { conversation }: EffectContext,
  { consent, isAnonymous, entered }: Agreed,
  officer: StaffMember | null,
  nowMs: number,
): Pick<Case, 'resident' | 'honorific' | 'consent' | 'entered' | 'history'> {
  if (entered !== undefined && officer) {
    return {
      ...{ resident: NOBODY, honorific: null, entered: { byId: officer.id, way: entered } },
      history: [{ atMs: nowMs, by: officer.id, action: 'created', detail: entered }],
    };
  }
  return {
    resident: isAnonymous ? NOBODY : conversation.chat,
    honorific: isAnonymous ? null : conversation.honorific,
    ...(consent === undefined ? {} : { consent: { version: consent, atMs: nowMs } }),
    history: [{ atMs: nowMs, by: 'resident', action: 'created' }],
  };
}

export async function categoryOf(app: App, categoryId: string | null): Promise<Category> {
  const current = await app.plans.current();
  const categories = current?.plan.categories ?? [];
  const category = categories.find((one) => one.id === (categoryId ?? 'other')) ?? categories.at(-1);
  if (!category) throw new Error('the plan has no categories');
  return category;
}
