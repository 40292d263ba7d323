import { answerNumber } from '../vietnamese/answer.ts';
import { dutyWords } from '../vietnamese/duty-words.ts';
import { fold, tidy } from '../vietnamese/fold.ts';
import type { Choice } from '../outbound.ts';
import { tapPayload } from '../text/choices.ts';
import type { DraftAged, Input, OpenPrompt, PrivateContent, TakenUp } from './types.ts';

function matchTap(payload: string, prompts: readonly OpenPrompt[]): Input {
  for (const prompt of prompts) {
    const tapped = prompt.choices.find((choice) => tapPayload(prompt.id, choice.number) === payload);
    if (tapped) return { kind: 'choice', prompt, value: tapped.value };
  }
  return { kind: 'stale-tap' };
}

const sameLabel = (folded: string) => (choice: Choice) =>
  fold(choice.label) === folded || fold(`${choice.number} ${choice.label}`) === folded;

function isOtherPost({ subject: one }: OpenPrompt, { subject: other }: OpenPrompt): boolean {
  return one.kind === 'approval' && other.kind === 'approval' && one.runId !== other.runId;
}

/** "Xong" is a yes anywhere else; of a duty and of a case it says more. */
function saysMore(newest: OpenPrompt | undefined, folded: string): boolean {
  const meant = dutyWords(folded);
  if (!newest || meant === null) return false;
  return DUTY_SUBJECTS.has(newest.subject.kind) || (meant === 'done' && reportsDone(newest));
}

const DUTY_SUBJECTS: ReadonlySet<OpenPrompt['subject']['kind']> = new Set([
  'duty',
  'listed-duty',
  'duty-list',
]);

/** The card of a case that can be reported done. */
export const reportsDone = ({ subject, choices }: OpenPrompt): boolean =>
  subject.kind === 'case-card' && choices.some(({ value }) => value === 'propose');

/** A number answers only what was asked last; a label may answer anything still open, the newest first. */
function matchWords(text: string, prompts: readonly OpenPrompt[]): Input {
  const folded = fold(text);
  const [newest] = prompts;
  const number = saysMore(newest, folded) ? null : answerNumber(text);
  const numbered = newest?.choices.find((choice) => !choice.isWorded && choice.number === number);
  if (newest && numbered) return { kind: 'choice', prompt: newest, value: numbered.value };
  const labelled = prompts.flatMap((prompt) => {
    const choice = prompt.choices.find(sameLabel(folded));
    return choice ? [{ kind: 'choice', prompt, value: choice.value } as const] : [];
  });
  const [first] = labelled;
  // "Duyệt" while two posts wait could mean either: which one is asked, never guessed.
  const isBare = number === null && !/^\d/u.test(folded);
  if (first && !(isBare && labelled.some(({ prompt }) => isOtherPost(first.prompt, prompt)))) return first;
  return { kind: 'text', text: tidy(text), folded };
}

function withMarks(input: Input, marked: string | undefined): Input {
  return input.kind === 'text' && marked !== undefined ? { ...input, marked: tidy(marked) } : input;
}

/** What came, measured against what was asked. Pure; never throws. */
export function matchInput(
  content: Exclude<PrivateContent, TakenUp | DraftAged>,
  prompts: readonly OpenPrompt[],
): Input {
  switch (content.kind) {
    case 'tap':
      return matchTap(content.payload, prompts);
    case 'text':
      return withMarks(matchWords(content.text, prompts), content.marked);
    case 'file':
      return {
        kind: 'file',
        file: content.file,
        caption: content.caption === undefined ? null : tidy(content.caption),
        albumId: content.albumId ?? null,
        ...(content.markedCaption === undefined ? {} : { markedCaption: tidy(content.markedCaption) }),
      };
    case 'location':
      // Adding 0 makes of -0, which JSON does not keep, the 0 that it means.
      return { kind: 'location', latitude: content.latitude + 0, longitude: content.longitude + 0 };
    case 'contact':
      return { kind: 'contact', phone: content.phone };
    case 'sticker':
      return { kind: 'sticker' };
  }
}
