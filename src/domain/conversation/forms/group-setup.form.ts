import { declareForm } from './form.ts';

const AUDIENCES = ['residents', 'officers', 'mass-organisations'] as const;

/** An admin says which neighbourhood and what kind of group it is. `about.groupId`. */
export const groupSetupForm = declareForm({
  name: 'group-setup',
  version: 1,
  steps: {
    neighbourhood: { kind: 'neighbourhood' },
    audience: {
      kind: 'choice',
      options: () => AUDIENCES.map((value) => ({ value, label: { key: `group.audience.${value}` } })),
    },
  },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ neighbourhood, audience }, { groupId = '' }) => [
    {
      kind: 'confirm-group',
      groupId,
      neighbourhood: neighbourhood === '' ? null : neighbourhood,
      audience: AUDIENCES.find((one) => one === audience) ?? 'residents',
    },
  ],
});
