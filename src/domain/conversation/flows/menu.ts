import { hasRole } from '../../staff.ts';
import { numbered } from '../choices.ts';
import type { Effect, Input, StepContext, StepResult } from '../types.ts';
import { offerCompose } from './compose/compose.ts';
import { startReportWith } from './report.ts';

const GREETING = /^(xin )?(chao|kinh chao|alo|hello|hi|hey|start|menu|bat dau|tro giup|help|huong dan)\b/u;

/** The first words of the bot; numbers before labels. */
export function menu(context: StepContext, key = 'report.welcome'): StepResult {
  return {
    flow: null,
    effects: [
      {
        kind: 'say',
        text: { key, params: { ward: context.plan.ward.name } },
        subject: { kind: 'menu' },
        choices: numbered(context, [
          { value: 'report', label: { key: 'report.menu.report' } },
          { value: 'cases', label: { key: 'report.menu.cases' } },
          { value: 'procedures', label: { key: 'report.menu.procedures' } },
          { value: 'call', label: { key: 'report.menu.call' } },
        ]),
      },
    ],
  };
}

/** Nothing was being asked: a greeting gets the menu, anything else a draft that begins with it. */
export function startOf(input: Input, context: StepContext): StepResult {
  if (context.carriedWords) return withCarriedWords(context.carriedWords, context);
  if (context.staff && hasRole(context.staff, 'editor')) {
    const offered = offerCompose(input, context);
    if (offered) return offered;
  }
  switch (input.kind) {
    case 'text':
      if (context.staff)
        return { flow: null, effects: [{ kind: 'say', text: { key: 'staff.notUnderstood' } }] };
      return input.folded.length < 3 || GREETING.test(input.folded)
        ? menu(context)
        : startReportWith(input, context);
    case 'file':
    case 'location':
    case 'contact':
      return startReportWith(input, context);
    case 'sticker':
      return {
        flow: null,
        effects: [{ kind: 'say', text: { key: 'common.sticker' } }, ...menu(context).effects],
      };
    case 'choice':
    case 'stale-tap':
      return menu(context, 'report.notUnderstood');
  }
}

const wordsCarried = (words: string): Effect => ({
  kind: 'say',
  text: { key: 'group.wordsCarried', params: { words } },
});

/** What was written in the group stands in the draft already: nothing is typed twice. */
export function withCarriedWords(
  carried: { readonly token: string; readonly words: string },
  context: StepContext,
): StepResult {
  const started = startReportWith(
    { kind: 'text', text: carried.words, folded: '' },
    { ...context, carriedWords: null },
  );
  const isLocked = started.flow?.name === 'report' && started.flow.step === 'denunciation';
  return {
    ...started,
    effects: [
      ...(isLocked ? [] : [wordsCarried(carried.words)]),
      ...started.effects,
      { kind: 'forget-words', token: carried.token },
    ],
  };
}
