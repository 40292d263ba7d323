import { refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import { vietnamMonth, vietnamMonthEndMs } from './window.ts';

/** The `quota` part of an answer to a consultation message; the numbers are text, as on the platform. */
export interface QuotaReport {
  readonly quota_type: 'reply' | 'sub_quota' | 'purchase_quota';
  readonly remain: string;
  readonly total: string;
  readonly expired_date: string;
  readonly owner_type: 'OA';
  readonly owner_id: string;
}

/** What a plan allows. */
export interface QuotaPlan {
  readonly oaId: string;
  readonly freeRepliesPerWindow: number | undefined;
  readonly monthlyConsultations: number;
  readonly purchasedConsultations: number;
}

/** What the platform reported while replies were limited; kept as the number shown now that they are not. */
const SHOWN_REPLIES = 8;

/** Counts consultation messages against the plan: free replies, then the month's messages, then bought ones. */
export class QuotaBook {
  readonly #plan: QuotaPlan;
  #month = '';
  #usedThisMonth = 0;
  #usedPurchased = 0;

  constructor(plan: QuotaPlan) {
    this.#plan = plan;
  }

  /** A free reply inside 48 h; past a limited number of them the message is billed like a later one. */
  takeReply(usedInWindow: number, windowEndsAtMs: number, nowMs: number): ZaloResult<QuotaReport> {
    const total = this.#plan.freeRepliesPerWindow;
    if (total !== undefined && usedInWindow >= total) return this.takeBilled(nowMs);
    const remain = total === undefined ? SHOWN_REPLIES : total - usedInWindow - 1;
    return succeed(this.#report('reply', remain, total ?? SHOWN_REPLIES, windowEndsAtMs));
  }

  /** A billed message, 48 h to 7 days: the plan's of this month, then bought ones, then -211. */
  takeBilled(nowMs: number): ZaloResult<QuotaReport> {
    this.#turnMonth(nowMs);
    const { monthlyConsultations, purchasedConsultations } = this.#plan;
    if (this.#usedThisMonth < monthlyConsultations) {
      this.#usedThisMonth++;
      const remain = monthlyConsultations - this.#usedThisMonth;
      return succeed(this.#report('sub_quota', remain, monthlyConsultations, vietnamMonthEndMs(nowMs)));
    }
    if (this.#usedPurchased < purchasedConsultations) {
      this.#usedPurchased++;
      const remain = purchasedConsultations - this.#usedPurchased;
      return succeed(
        this.#report('purchase_quota', remain, purchasedConsultations, vietnamMonthEndMs(nowMs)),
      );
    }
    return refuse(-211);
  }

  /** Replies one person has left in the open window, for `quota/message` with a `user_id`. */
  replies(usedInWindow: number): { remain: number; total: number } {
    const total = this.#plan.freeRepliesPerWindow ?? SHOWN_REPLIES;
    const used = this.#plan.freeRepliesPerWindow === undefined ? 0 : usedInWindow;
    return { remain: Math.max(0, total - used), total };
  }

  /** What is left of the plan's and of the bought messages. */
  assets(nowMs: number): {
    sub_quota: { remain: number; total: number };
    purchase_quota: { remain: number; total: number };
  } {
    this.#turnMonth(nowMs);
    const { monthlyConsultations, purchasedConsultations } = this.#plan;
    return {
      sub_quota: { remain: monthlyConsultations - this.#usedThisMonth, total: monthlyConsultations },
      purchase_quota: { remain: purchasedConsultations - this.#usedPurchased, total: purchasedConsultations },
    };
  }

  #turnMonth(nowMs: number): void {
    const month = vietnamMonth(nowMs);
    if (month === this.#month) return;
    this.#month = month;
    this.#usedThisMonth = 0;
  }

  #report(type: QuotaReport['quota_type'], remain: number, total: number, expiresAtMs: number): QuotaReport {
    return {
      quota_type: type,
      remain: String(remain),
      total: String(total),
      expired_date: new Date(expiresAtMs).toISOString(),
      owner_type: 'OA',
      owner_id: this.#plan.oaId,
    };
  }
}
