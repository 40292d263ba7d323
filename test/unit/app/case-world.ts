import { createCase } from '#src/app/cases/create-case.ts';
import { hearResident } from '#src/app/cases/hear-resident.ts';
import { runCaseAct } from '#src/app/cases/run-case-act.ts';
import type { EffectContext } from '#src/app/inbound/reply.ts';
import type { Case } from '#src/domain/case.ts';
import type { CaseFormValues } from '#src/domain/conversation/flows/case-form-state.ts';
import { newConversation } from '#src/domain/conversation/step.ts';
import type { CaseDraft, Effect } from '#src/domain/conversation/types.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

export const UNIT = 'urban-environment';
export const DRAFT: CaseDraft = {
  text: 'Đèn đường hỏng',
  placeText: 'Tổ 5 Khu 3',
  location: null,
  files: [],
  phone: '0912345678',
  categoryId: 'street-light',
};
/** What shows that something is done, as an officer types it. */
export const DOCUMENT = { kind: 'document', number: '45/BC-UBND', date: null } as const;

type OfficerAct = Extract<Effect, { kind: 'case-act' }>['act'];
type ResidentAct = Extract<Effect, { kind: 'resident-act' }>;

/** A ward with the officer Dũng and one case of a resident. */
export async function createCaseWorld() {
  const world: AppWorld = await createAppWorld();
  let effects = 0;
  /** The effect of somebody's tap; the same number is the same effect, run again. */
  const from = (chatId: string, effect = (effects += 1)): EffectContext => ({
    id: `telegram:${chatId}.${String(effect)}.0`,
    conversation: newConversation(world.chatOf(chatId), world.time.nowMs),
  });
  const report = async (chatId: string, draft: Partial<CaseDraft> = {}): Promise<string> => {
    const context = from(chatId);
    await createCase(world.app, context, { ...DRAFT, ...draft });
    return context.id;
  };
  const dung = await world.join('dung', ['handler'], UNIT);
  const caseId = await report('resident');
  return {
    ...world,
    from,
    report,
    dung,
    caseId,
    act: (
      chatId: string,
      act: OfficerAct,
      values: CaseFormValues = {},
      context = from(chatId),
      id = caseId,
    ) => runCaseAct(world.app, context, { kind: 'case-act', caseId: id, act, values }),
    resident: (
      act: ResidentAct['act'],
      rest: Partial<Pick<ResidentAct, 'words' | 'files' | 'rating'>> = {},
      context = from('resident'),
    ) =>
      hearResident(world.app, context, { kind: 'resident-act', caseId, act, words: '', files: [], ...rest }),
    async matter(id = caseId): Promise<Case> {
      const found = await world.app.cases.get(id);
      if (!found) throw new Error(id);
      return found;
    },
    lastTo: (chatId: string): string => world.toldTo(chatId).at(-1) ?? '',
    at(local: string): void {
      world.time.nowMs = Date.parse(`${local.replace(' ', 'T')}:00+07:00`);
    },
  };
}

export type CaseWorld = Awaited<ReturnType<typeof createCaseWorld>>;
