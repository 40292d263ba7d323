import { humanDate } from '../../calendar/deadline.ts';
import { endOfDay } from '../../calendar/local-time.ts';
import { humanCount } from '../../vietnamese/count.ts';
import { labelOf } from '../choices.ts';
import type { StepContext } from '../types.ts';
import type { About, Answer, Answers } from './answers.ts';
import type { Step } from './form.ts';

/** An answer as it stands in the summary; null where the step was skipped. */
export function presentAnswer(
  step: Step,
  answer: Answer | undefined,
  context: StepContext,
  about: About,
  answers: Answers,
): string | null {
  if (answer === undefined || answer === null) return null;
  const { text } = context;
  switch (step.kind) {
    case 'choice':
    case 'choices': {
      const chosen: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
      return step
        .options(context, about, answers)
        .filter(({ value }) => chosen.includes(value))
        .map((option) => labelOf(option, context))
        .join(', ');
    }
    case 'photos':
      return text({
        key: 'report.part.photos',
        params: { count: Array.isArray(answer) ? answer.length : 0 },
      });
    case 'place':
      return typeof answer === 'object' && 'location' in answer && answer.text !== null
        ? answer.text
        : text({ key: 'report.part.location' });
    case 'date':
      return typeof answer === 'string' ? humanDate(endOfDay(answer)) : null;
    case 'yes-no':
      return text({ key: answer === true ? 'common.yes' : 'common.no' });
    case 'neighbourhood':
      return (
        context.plan.neighbourhoods.find(({ id }) => id === answer)?.name ?? text({ key: 'group.wholeWard' })
      );
    case 'count':
      return typeof answer === 'number' ? humanCount(answer) : null;
    case 'text':
    case 'phone':
      return typeof answer === 'string' ? answer : null;
  }
}
