import { shortDate } from '#src/domain/calendar/deadline.ts';
import { localDateOf, weekdayOf } from '#src/domain/calendar/local-time.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { Texts } from './ports/services.ts';

export { shortDate };

/** A day as people write it: { weekday: "thứ Tư", date: "09/5" }, at the ward. */
export function presentDay(texts: Texts, atMs: number): { readonly weekday: string; readonly date: string } {
  return {
    weekday: texts.render({ key: `common.weekday.${String(weekdayOf(localDateOf(atMs)))}` }),
    date: shortDate(atMs),
  };
}

/** The last word of a Vietnamese name, by which people are called. */
export function givenName(person: StaffMember): string {
  return person.name.trim().split(/\s+/u).at(-1) ?? person.name;
}

/** How a person is spoken to: `address` opens a sentence ("Anh"), `you` stands inside one ("anh"), `name` is the given name. */
export function personParams(person: StaffMember): Record<'address' | 'you' | 'name', string> {
  return {
    address: person.address.charAt(0).toUpperCase() + person.address.slice(1),
    you: person.address,
    name: givenName(person),
  };
}

/** A code as it is said on the phone: "3-0147" → "ba, không một bốn bảy". */
export function presentSpokenCode(texts: Texts, code: string): string {
  return code
    .split('-')
    .map((group) => Array.from(group, (digit) => texts.render({ key: `common.digit.${digit}` })).join(' '))
    .join(', ');
}

/** "anh Dũng": how staff are named to each other; the given name stands last. */
export function staffName(member: StaffMember): string {
  return `${member.address} ${givenName(member)}`.trim();
}
