import { monthCoverageWords, runCoverageWords } from '#src/domain/broadcast/coverage-words.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Role } from '#src/domain/staff.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { monthCoverage } from './month-coverage.ts';
import { answer, asker, type BroadcastPorts } from './ports.ts';

const MAY_SEE: readonly Role[] = ['editor', 'approver', 'leader', 'chairperson', 'admin'];

/** "Xem từng khu": what each neighbourhood got of one run, on which channel. */
export async function showRunCoverage(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
): Promise<void> {
  if (!(await maySee(ports, context))) return answer(ports, context, { key: 'common.notAllowed' });
  const run = await ports.runs.get(runId);
  const plan = (await ports.plans.current())?.plan;
  if (!run || !plan) return answer(ports, context, { key: 'broadcast.gone' });
  const meant = plan.neighbourhoods.filter(
    ({ id }) => run.audience.neighbourhoods === null || run.audience.neighbourhoods.includes(id),
  );
  const rows = await ports.deliveries.coverage([run.id]);
  const lines = runCoverageWords((ref) => ports.texts.render(ref), meant, rows);
  return answer(ports, context, { key: 'coverage.run', params: { title: run.title, lines } });
}

/** "Độ phủ": which topics reached whom in a month, and how often; the month before is one number away. */
export async function showMonthCoverage(
  ports: BroadcastPorts,
  context: EffectContext,
  given: string | null,
): Promise<void> {
  if (!(await maySee(ports, context))) return answer(ports, context, { key: 'common.notAllowed' });
  const plan = (await ports.plans.current())?.plan;
  if (!plan) return answer(ports, context, { key: 'broadcast.gone' });
  const month = given ?? localDateOf(ports.clock.nowMs()).slice(0, 7);
  const { runs, rows, unreached } = await monthCoverage(ports, plan, month);
  const topics = monthCoverageWords((ref) => ports.texts.render(ref), plan, rows);
  const params = { month: shown(month), runs, topics, unreached: unreached.join(', ') };
  const head =
    topics === ''
      ? ports.texts.render({ key: 'coverage.monthNothing', params })
      : ports.texts.render({ key: 'coverage.month', params });
  const rest =
    unreached.length > 0 && topics !== '' ? ports.texts.render({ key: 'coverage.unreached', params }) : '';
  const before = monthBefore(month);
  const label = ports.texts.render({ key: 'coverage.monthChoice', params: { month: shown(before) } });
  return answer(
    ports,
    context,
    { key: 'coverage.monthWhole', params: { text: [head, rest].filter(Boolean).join('\n\n') } },
    {
      id: context.id,
      subject: { kind: 'coverage-month' },
      choices: [{ number: '1', value: before, label }],
    },
  );
}

async function maySee(ports: BroadcastPorts, context: EffectContext): Promise<boolean> {
  const member = await asker(ports, context);
  return member !== null && hasRole(member, ...MAY_SEE);
}

/** `2024-03` as people say it: 3/2024. */
function shown(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${String(Number(number))}/${year}`;
}

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number > 1 ? `${String(year)}-${String(number - 1).padStart(2, '0')}` : `${String(year - 1)}-12`;
}
