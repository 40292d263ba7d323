import type { LocalDate, LocalTime } from './plan-terms.ts';

/** How the ward broadcasts. The plan names no hour and no rhythm: all of this is the ward's own choice. */
export type Broadcasting = {
  /** Nothing routine goes out from `from` in the evening to `to` in the morning. */
  readonly quiet: { readonly from: LocalTime; readonly to: LocalTime };
  /** Days on which nothing routine goes out, such as days of mourning. */
  readonly silentDays: readonly { readonly date: LocalDate; readonly reason: string }[];
  /** A run that was missed still goes out so many minutes late; after that it has expired. */
  readonly lateForMinutes: number;
  /** Routine posts that one group gets a day at most. */
  readonly routinePostsADay: number;
  /** Approvers who have not answered are asked once more after so many minutes of office hours. */
  readonly nudgeAfterWorkingMinutes: number;
  /** When an editor gets what people asked in the groups that day. */
  readonly questionsAt: LocalTime;
  readonly loudspeaker: {
    /** At least three consecutive days: Luật 10/2022/QH15, Điều 13 khoản 3. */
    readonly days: number;
    readonly slots: readonly LocalTime[];
    /** The operator has the script so long before the slot. */
    readonly handOverMinutesBefore: number;
    /** When the operator is asked once more about the day before. */
    readonly askAgainAt: LocalTime;
  };
  readonly urgentTemplates: readonly UrgentTemplate[];
  /** Whose people stand in for an approver of the unit who is on leave and has named nobody. */
  readonly deputies: readonly { readonly unit: string; readonly deputy: string }[];
};

/** An urgent post that was approved beforehand; `{nơi}` and `{giờ}` in the body are all that is filled in. */
export type UrgentTemplate = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The unit that approved these words, and when. */
  readonly approvedBy: string;
  readonly approvedOn: LocalDate;
};
