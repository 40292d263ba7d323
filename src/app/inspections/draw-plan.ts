import { documentId } from '#src/domain/broadcast/attachments.ts';
import { humanDate } from '#src/domain/calendar/deadline.ts';
import { localDateOf, yearOf } from '#src/domain/calendar/local-time.ts';
import type { Duty } from '#src/domain/duty.ts';
import { maySeeVisit, rulesToPlan } from '#src/domain/inspections/may-see.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { Inspection, LocalDate, Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import type { Paper, PaperLine } from '../ports/papers.ts';
import { minutesId } from './draw-minutes.ts';
import { letterheadOn } from './paper-head.ts';
import { noon, wordsFor } from './visit-words.ts';

const ID_LENGTH = 16;

/** The plan of inspections of the year (KT-8) as a draft in Word, for those who may plan visits. */
export async function sendPlan(app: App, context: EffectContext): Promise<void> {
  const by = await app.staff.byChat(context.conversation.chat);
  const { plan } = await wordsFor(app);
  if (!by || rulesToPlan(plan, by).length === 0) return replyText(app, context, { key: 'common.notAllowed' });
  const paper = await planPaper(app, plan, by);
  const { year } = plan.ward;
  const hash = app.hash(JSON.stringify(paper)).slice(-ID_LENGTH);
  const id = documentId(hash, `ke-hoach-kiem-tra-${String(year)}.docx`);
  if (!(await app.media.get(id))) await app.media.put(id, await app.papers.draw(paper));
  const text = app.texts.render({ key: 'inspection.planPaper.sent', params: { year } });
  await reply(app, context, { text, documentId: id });
}

/**
 * What is in it of an inspection that is announced: all that the plan says, and its days. Of one that is not: what everybody of
 * staff reads of it (`showRules`). No visit that comes by surprise, not even a closed one, and none that the reader may not see.
 */
export async function planPaper(
  app: Pick<App, 'texts' | 'clock' | 'visits' | 'duties'>,
  plan: Plan,
  by: StaffMember,
): Promise<Paper> {
  const { ward } = plan;
  const today = localDateOf(app.clock.nowMs());
  const rules = plan.inspections.filter(({ inspected }) => inspected.length > 0);
  const render = renderer(app);
  const params = { year: ward.year, ward: ward.name, place: ward.placeName };
  const number = ward.planNumber === null ? '' : render('number', { number: ward.planNumber });
  const based = { ...params, plan: ward.planTitle, number, date: humanDate(noon(ward.planDate)) };
  const head = letterheadOn(plan, today);
  return {
    issuer: head ? [head.upper, head.issuer] : [],
    mark: render('mark').split('\n'),
    heading: app.texts.render({ key: 'inspection.minutes.heading' }).split('\n'),
    placeAndDate: render('placeAndDate', params),
    title: render('title'),
    subject: render('subject', params),
    opening: [render('opening', based)],
    sections: [
      {
        title: render('content'),
        lines: rules.flatMap((rule, index) => ruleLines(app, plan, rule, index, today)),
      },
      { title: render('days'), ...(await daysOf(app, plan, rules, by, today)) },
      {
        title: render('carryOut'),
        lines: render('carryOutLines', { ...params, office: officeOf(plan, by, today) }).split('\n'),
      },
    ],
    foot: [
      { kind: 'recipients', title: [render('to')], lines: render('toLines').split('\n'), name: null },
      {
        kind: 'signer',
        title: [ward.signer.authority, ward.signer.title],
        lines: [],
        name: ward.signer.name,
      },
    ],
  };
}

const renderer =
  ({ texts }: Pick<App, 'texts'>) =>
  (key: string, params: Record<string, string | number> = {}): string =>
    texts.render({ key: `inspection.planPaper.${key}`, params });

/** Who drafts it: as the plan has it, where nobody is looked at and the paper is what comes out of it; else whoever asks. */
const officeOf = (plan: Plan, by: StaffMember, today: LocalDate): string => {
  const drafting = plan.inspections.find(({ inspected }) => inspected.length === 0);
  return unitNameOf(plan, drafting?.inspector ?? by.unitId, today);
};

function ruleLines(
  app: Pick<App, 'texts'>,
  plan: Plan,
  rule: Inspection,
  index: number,
  today: LocalDate,
): readonly PaperLine[] {
  const render = renderer(app);
  const nameOf = (unitId: string): string => unitNameOf(plan, unitId, today);
  const { title, subject, mode, announced, inspected, checklist } = rule;
  return [
    { kind: 'heading', text: render('rule', { number: index + 1, title }) },
    render('by', { inspector: nameOf(rule.inspector) }),
    ...(announced ? [render('whom', { units: inspected.map(nameOf).join('; ') })] : []),
    render('what', { subject }),
    render('how', { mode }),
    ...(announced && checklist.length > 0
      ? [render('items'), ...checklist.map(({ text }) => `- ${text}`)]
      : []),
  ];
}

interface PlannedDay {
  readonly day: LocalDate;
  readonly title: string;
  readonly unit: string;
  readonly inspectorUnitId: string;
}

async function daysOf(
  app: Pick<App, 'texts' | 'visits' | 'duties'>,
  plan: Plan,
  rules: readonly Inspection[],
  by: StaffMember,
  today: LocalDate,
): Promise<Pick<Paper['sections'][number], 'lines' | 'table'>> {
  const render = renderer(app);
  const announced = rules.filter((rule) => rule.announced);
  const visits = (await app.visits.since(`${String(plan.ward.year)}-01-01`)).filter(
    (visit) => visit.isAnnounced && visit.state !== 'cancelled' && maySeeVisit(visit, by),
  );
  const rounds = (await Promise.all(announced.map(({ id }) => app.duties.ofRules(id)))).flat();
  const days: readonly PlannedDay[] = [
    ...visits.map(({ day, title, unitId, inspectorUnitId }) => ({
      ...{ day, title, inspectorUnitId },
      unit: unitNameOf(plan, unitId, today),
    })),
    ...rounds
      .filter((round) => isOpenRound(round, visits))
      .map(({ dueAtMs, title, unitId }) => ({
        ...{ day: localDateOf(dueAtMs), title, inspectorUnitId: unitId },
        unit: render('unitOpen'),
      })),
  ].filter(({ day }) => yearOf(day) === plan.ward.year);
  if (days.length === 0) return { lines: [render('daysNone')] };
  const rows = days
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ day, title, unit, inspectorUnitId }) => [
      humanDate(noon(day)),
      title,
      unit,
      unitNameOf(plan, inspectorUnitId, today),
    ]);
  return {
    lines: [render('daysNote')],
    table: [['day', 'visit', 'unit', 'inspector'].map((key) => render(`column.${key}`)), ...rows],
  };
}

/** A round of the plan, where no visit stands for it in the list. */
const isOpenRound = (
  { kind, state, ruleId, dueAtMs, proofFileIds }: Duty,
  visits: readonly Visit[],
): boolean =>
  kind === 'inspection' &&
  state !== 'cancelled' &&
  !visits.some(
    (visit) =>
      visit.ruleId === ruleId &&
      (visit.day === localDateOf(dueAtMs) || proofFileIds?.includes(minutesId(visit)) === true),
  );
