import type { UrgentDraft } from '../drafts.ts';

export interface UrgentState {
  readonly name: 'urgent';
  readonly version: 1;
  readonly step: 'template' | 'place' | 'time' | 'preview';
  readonly draft: UrgentDraft;
}
