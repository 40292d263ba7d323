import type { AnyJob } from '#src/queue/define-job.ts';
import { askHeads } from './ask-heads.job.ts';
import { auditDuties } from './audit-duties.job.ts';
import { handleInbox } from './handle-inbox.job.ts';
import { heartbeat } from './heartbeat.job.ts';
import { listQuestions } from './list-questions.job.ts';
import { tendPersonalData } from './tend-personal-data.job.ts';
import { runEffects } from './run-effects.job.ts';
import { sendLane } from './send-lane.job.ts';
import { startRuns } from './start-runs.job.ts';
import { tellUndelivered } from './tell-undelivered.job.ts';
import { listCalls } from './list-calls.job.ts';
import { tellProcedures } from './tell-procedures.job.ts';
import { tellWeek } from './tell-week.job.ts';
import { tickCases } from './tick-cases.job.ts';
import { tickDuties } from './tick-duties.job.ts';
import { tickVisits } from './tick-visits.job.ts';
import { watchWindows } from './watch-windows.job.ts';
import { watchCalendar } from './watch-calendar.job.ts';
import { watchNeighbourhoods } from './watch-neighbourhoods.job.ts';
import { tickSchedule } from './tick-schedule.job.ts';

/** Every job there is. A file that is not named here never runs. */
export const jobs: readonly AnyJob[] = [
  sendLane,
  handleInbox,
  runEffects,
  tickDuties,
  tickCases,
  tickVisits,
  watchWindows,
  tickSchedule,
  startRuns,
  tellUndelivered,
  listCalls,
  tellWeek,
  tellProcedures,
  askHeads,
  listQuestions,
  tendPersonalData,
  watchNeighbourhoods,
  watchCalendar,
  auditDuties,
  heartbeat,
];

/** Those that the `Wake` port adds by name. */
export const wakeJobs = { sendLane, handleInbox, runEffects };
