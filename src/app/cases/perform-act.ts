import type { Case } from '#src/domain/case.ts';
import { actOnCase, type WhyNot } from '#src/domain/cases/act-on-case.ts';
import type { Actor } from '#src/domain/cases/case-law.ts';
import { type CaseAct, TRANSITIONS } from '#src/domain/cases/acts.ts';
import { chatKey } from '#src/domain/inbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { caseLaw } from './case-law.ts';

/** `before`: as it stood when the act was done; of a repeated act as it stands now, with whoever had it then. */
export interface Done {
  readonly before: Case;
  readonly matter: Case;
}

export interface DoneByOfficer extends Done {
  readonly officer: StaffMember;
}

type Performed =
  { readonly kind: 'done'; readonly done: Done } | { readonly kind: 'refused'; readonly why: WhyNot };

const MAX_CONFLICTS = 20;

/** An officer's act: done, or told why not (null). Idempotent by the effect's id. */
export async function performByOfficer(
  app: App,
  context: EffectContext,
  caseId: string,
  act: CaseAct,
): Promise<DoneByOfficer | null> {
  const officer = await app.staff.byChat(context.conversation.chat);
  if (!officer) {
    await replyText(app, context, { key: 'common.notAllowed' });
    return null;
  }
  const performed = await perform(app, context.id, caseId, act, { kind: 'officer', member: officer });
  if (performed.kind === 'done') return { ...performed.done, officer };
  await tellWhyNot(app, context, caseId, performed.why);
  return null;
}

/** A resident's act on their own case: done, or null when it is not theirs or can no longer be. */
export async function performByResident(
  app: App,
  context: EffectContext,
  caseId: string,
  act: CaseAct,
): Promise<Done | null> {
  const found = await app.cases.get(caseId);
  const isOwn = found !== null && chatKey(found.resident) === chatKey(context.conversation.chat);
  const performed = isOwn
    ? await perform(app, context.id, caseId, act, { kind: 'resident' })
    : ({ kind: 'refused', why: 'not-allowed' } as const);
  if (performed.kind === 'done') return performed.done;
  await replyText(app, context, {
    key: performed.why === 'too-late' ? 'mycase.tooLate' : 'mycase.noLonger',
  });
  return null;
}

async function perform(
  app: App,
  actId: string,
  caseId: string,
  act: CaseAct,
  actor: Actor,
): Promise<Performed> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const before = await app.cases.get(caseId);
    if (!before) return { kind: 'refused', why: 'wrong-state' };
    const law = await caseLaw(app, before);
    const acted = actOnCase(before, act, actor, { actId, nowMs: app.clock.nowMs(), law });
    if (acted.kind === 'refused') return acted;
    if (acted.kind === 'repeated') {
      const handlerId = heldBefore(before, actId);
      return { kind: 'done', done: { before: { ...before, handlerId }, matter: before } };
    }
    const { change, entry } = acted;
    if ((await app.cases.update(caseId, before.rev, change, entry)) === 'saved') {
      const history = [...before.history, entry];
      return {
        kind: 'done',
        done: { before, matter: { ...before, ...change, rev: before.rev + 1, history } },
      };
    }
  }
  throw new Error(
    `case ${caseId} changed ${String(MAX_CONFLICTS)} times under one ${TRANSITIONS[act.kind].action}`,
  );
}

const heldBefore = ({ history, handlerId }: Case, actId: string): string | null =>
  history.find((entry) => entry.actId === actId)?.heldBy ?? handlerId;

async function tellWhyNot(app: App, context: EffectContext, caseId: string, why: WhyNot): Promise<void> {
  const matter = await app.cases.get(caseId);
  const holder = matter?.handlerId ? await app.staff.get(matter.handlerId) : null;
  // Whose case it is, and what has become of it, is nobody else's business.
  if (why === 'not-allowed' || !matter) return replyText(app, context, { key: 'common.notAllowed' });
  await replyText(app, context, {
    key: `casework.refused.${why}`,
    params: { code: matter.code, name: holder?.name ?? '' },
  });
}
