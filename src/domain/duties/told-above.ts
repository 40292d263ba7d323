import { type Duty, sinceAssigned } from '../duty.ts';

/** To whom a duty has climbed since it last changed hands. Pure. */
export function toldAbove(
  duty: Duty,
): readonly { readonly role: 'head' | 'chairperson'; readonly staffId: string }[] {
  const told = sinceAssigned(duty).filter(({ action }) => action === 'escalated');
  const chain = [
    { role: 'head', staffId: duty.headId },
    { role: 'chairperson', staffId: duty.chairpersonId },
  ] as const;
  return chain.flatMap(({ role, staffId }) =>
    staffId !== null && told.some(({ detail }) => detail === role) ? [{ role, staffId }] : [],
  );
}
