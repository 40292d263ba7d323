import type { ShownBy } from '../done-by.ts';
import type { LocalDate } from '../plan.ts';

/** What a leader does with duties in chat, beside giving one to somebody else. */
export type DutyChatOrder =
  | {
      readonly kind: 'add';
      readonly title: string;
      readonly toId: string;
      readonly dueDate: LocalDate;
      /** Effects of an older release have none. */
      readonly shownBy?: ShownBy;
      readonly reason: string;
    }
  /** A part of a duty for somebody else, with a day of its own. */
  | {
      readonly kind: 'split';
      readonly dutyId: string;
      readonly title: string;
      readonly toId: string;
      readonly dueDate: LocalDate;
      readonly shownBy?: ShownBy;
    }
  | { readonly kind: 'move'; readonly dutyId: string; readonly dueDate: LocalDate; readonly reason: string }
  | { readonly kind: 'cancel'; readonly dutyId: string; readonly reason: string };
