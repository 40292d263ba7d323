import type { StaffMember } from '#src/domain/staff.ts';
import type { Texts } from '../ports/services.ts';
import { personParams } from '../present.ts';
import { mention } from './present-duty.ts';
import type { Told } from './change-duty.ts';

/** Who hears of it from the bot, and whom the leader has to tell. */
export function toldText(texts: Texts, by: StaffMember, { told, unreached }: Told): string {
  const sentence = (key: string, people: readonly StaffMember[]): string => {
    const who = people.map((one) => mention(texts, one)).join(texts.render({ key: 'duty.assign.and' }));
    return people.length === 0 ? '' : texts.render({ key, params: { ...personParams(by), who } });
  };
  return [sentence('duty.assign.told', told), sentence('duty.assign.untold', unreached)]
    .filter((words) => words !== '')
    .join(' ');
}
