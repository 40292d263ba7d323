import type { ApprovalRefusal } from '#src/domain/broadcast/approval.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';

/** Why a post, or a series of them, was not approved; `notWaiting` says what has become of it meanwhile. */
export function refusalText(title: string, refusal: ApprovalRefusal, notWaiting: TextRef): TextRef {
  switch (refusal) {
    case 'not-approver':
      return { key: 'common.notAllowed' };
    case 'own-post':
      return { key: 'broadcast.approval.ownPost' };
    case 'changed':
      return { key: 'broadcast.approval.changed', params: { title } };
    case 'not-waiting':
      return notWaiting;
  }
}
