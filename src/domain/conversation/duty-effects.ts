import type { LocalDate } from '../plan.ts';

/** What a person of staff does with duties beyond answering a reminder. */
export type DutyChatOrder =
  | {
      readonly kind: 'add';
      readonly title: string;
      readonly toId: string;
      readonly dueDate: LocalDate;
      readonly reason: string;
    }
  /** A part of a duty for somebody else, with a day of its own. */
  | {
      readonly kind: 'split';
      readonly dutyId: string;
      readonly title: string;
      readonly toId: string;
      readonly dueDate: LocalDate;
    }
  | { readonly kind: 'move'; readonly dutyId: string; readonly dueDate: LocalDate; readonly reason: string }
  | { readonly kind: 'cancel'; readonly dutyId: string; readonly reason: string }
  /** How far it has come. */
  | { readonly kind: 'progress'; readonly dutyId: string; readonly words: string };
