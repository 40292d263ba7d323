import type { Effect, RunDraft } from '#src/domain/conversation/types.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { Person } from '#test/support/conversation.ts';

export const staffWith = (...roles: readonly Role[]): StaffMember => ({
  id: 'ha',
  name: 'Hà',
  address: 'chị',
  roles,
  unitId: 'culture-information',
  neighbourhood: null,
  contacts: [],
  active: true,
});
export const editor = (): Person => new Person({ staff: staffWith('editor') });

export const kinds = (effects: readonly Effect[]): readonly string[] => effects.map((effect) => effect.kind);
export const choicesOf = (effects: readonly Effect[]): readonly Choice[] =>
  effects.flatMap((effect) => (effect.kind === 'say' ? (effect.choices ?? []) : []));

export function draftOf(effects: readonly Effect[], kind: 'submit-run' | 'preview-run'): RunDraft {
  const found = effects.find((effect) => effect.kind === kind);
  if (found?.kind !== kind) throw new Error(`no ${kind}, but ${kinds(effects).join(', ')}`);
  return found.draft;
}

/** Through topic 1, a post of one's own and "as soon as it is approved", up to the preview. */
export function atPreview(words = 'Mời bà con họp khu phố.\nĐúng 19 giờ tối thứ Sáu.'): Person {
  const person = editor();
  person.say('đăng tin');
  person.say('1');
  person.say('Viết bài khác');
  person.say(words);
  person.say('1');
  return person;
}
