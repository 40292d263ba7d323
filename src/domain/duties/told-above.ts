import type { Duty } from '../duty.ts';

/** To whom a duty has climbed since it last changed hands. Pure. */
export function toldAbove({
  history,
  headId,
  chairpersonId,
}: Duty): readonly { readonly role: 'head' | 'chairperson'; readonly staffId: string }[] {
  const since = history.findLastIndex(({ action }) => action === 'assigned') + 1;
  const told = history.slice(since).filter(({ action }) => action === 'escalated');
  const chain = [
    { role: 'head', staffId: headId },
    { role: 'chairperson', staffId: chairpersonId },
  ] as const;
  return chain.flatMap(({ role, staffId }) =>
    staffId !== null && told.some(({ detail }) => detail === role) ? [{ role, staffId }] : [],
  );
}
