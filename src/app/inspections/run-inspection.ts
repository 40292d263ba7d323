import type { InspectionOrder } from '#src/domain/conversation/inspection-effects.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { answerItem, cancelVisit, recordFinding } from './act-on-visit.ts';
import { seeVisit } from './change-visit.ts';
import { closeVisit, sendMinutes } from './close-visit.ts';
import { sendPlan } from './draw-plan.ts';
import { listVisits, showRules } from './list-visits.ts';
import { moveVisit } from './move-visit.ts';
import { regroupVisit } from './regroup-visit.ts';
import { planVisitFor } from './plan-visit.ts';
import { askItem, showVisit } from './visit-card.ts';

/** What somebody of staff asked for around inspections. Each may run twice under one id. */
export async function runInspection(app: App, context: EffectContext, order: InspectionOrder): Promise<void> {
  switch (order.kind) {
    case 'list':
      return listVisits(app, context);
    case 'rules':
      return showRules(app, context);
    case 'paper':
      return sendPlan(app, context);
    case 'plan':
      return planVisitFor(app, context, order);
    case 'show':
      return showVisit(app, context, order.visitId);
    case 'ask': {
      const seen = await seeVisit(app, context, order.visitId);
      return seen ? askItem(app, context, seen) : undefined;
    }
    case 'answer':
      return answerItem(app, context, order);
    case 'find':
      return recordFinding(app, context, order);
    case 'close':
      return closeVisit(app, context, order);
    case 'move':
      return moveVisit(app, context, order);
    case 'regroup':
      return regroupVisit(app, context, order);
    case 'cancel':
      return cancelVisit(app, context, order);
    case 'minutes':
      return sendMinutes(app, context, order.visitId);
  }
}
