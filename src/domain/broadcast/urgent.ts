import type { Plan, UrgentTemplate } from '../plan.ts';

/** What is filled in: nothing else of a template can be changed by whoever sends it. */
export interface UrgentBlanks {
  readonly place: string;
  readonly time: string;
}

/** Stands where runs name their topic: no topic of the plan, so it goes everywhere. */
export const URGENT_TOPIC = 'urgent';

/** Longer is a text of its own, which somebody else would have to approve. */
export const MAX_BLANK_LENGTH = 150;

const BLANK = /\{(?:nơi|giờ)\}/gu;
const TIME = /\{giờ\}/u;

export function urgentTemplate(plan: Plan, id: string): UrgentTemplate | null {
  return plan.broadcasting.urgentTemplates.find((one) => one.id === id) ?? null;
}

export function asksTime(template: UrgentTemplate): boolean {
  return TIME.test(template.body.normalize('NFC'));
}

/** The post as it goes out. What was typed stays plain words: it cannot format. */
export function fillTemplate(template: UrgentTemplate, { place, time }: UrgentBlanks): string {
  // One pass, so that a blank typed into a blank is not filled again.
  return template.body
    .normalize('NFC')
    .replaceAll(BLANK, (blank) => asTyped(TIME.test(blank) ? time : place));
}

function asTyped(words: string): string {
  return words
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\*_]/gu, (mark) => `\\${mark}`);
}
