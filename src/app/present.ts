import type { Texts } from './ports/services.ts';

const WARD_OFFSET_MS = 7 * 3_600_000;

/** A day as people say it: { weekday: "thứ Tư", date: "27/3" }, at the ward (UTC+7 all year). */
export function presentDay(texts: Texts, atMs: number): { readonly weekday: string; readonly date: string } {
  const local = new Date(atMs + WARD_OFFSET_MS);
  const isoWeekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  return {
    weekday: texts.render({ key: `common.weekday.${String(isoWeekday)}` }),
    date: `${String(local.getUTCDate())}/${String(local.getUTCMonth() + 1)}`,
  };
}

/** A code as it is said on the phone: "3-0147" → "ba, không một bốn bảy". */
export function presentSpokenCode(texts: Texts, code: string): string {
  return code
    .split('-')
    .map((group) => Array.from(group, (digit) => texts.render({ key: `common.digit.${digit}` })).join(' '))
    .join(', ');
}
