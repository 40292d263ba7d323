import { documentId } from '#src/domain/broadcast/attachments.ts';
import { humanDate } from '#src/domain/calendar/deadline.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { type Finding, leadOf, ledBy, type Visit } from '#src/domain/inspections/visit.ts';
import { wasAway } from '#src/domain/inspections/leading.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import type { Paper, PaperLine, PaperPictures, PaperSection } from '../ports/papers.ts';
import { issuerOf } from './paper-head.ts';
import { noon, visitParams, type VisitWords } from './visit-words.ts';

/** Of one finding, on paper: two rows. */
const MOST_PICTURES = 4;

export const minutesId = ({ id }: Visit): string => documentId(id, 'bien-ban-kiem-tra.docx');

/** Draws the minutes of a closed visit once and keeps them. Answers the medium's id. */
export async function keepMinutes(app: App, words: VisitWords, visit: Visit): Promise<string> {
  const id = minutesId(visit);
  if (!(await app.media.get(id)))
    await app.media.put(id, await app.papers.draw(await minutesOf(app, words, visit)));
  return id;
}

async function minutesOf(app: App, words: VisitWords, visit: Visit): Promise<Paper> {
  const params = visitParams(app, words, visit);
  const render = renderer(app);
  const today = localDateOf(app.clock.nowMs());
  const [year = '', month = '', day = ''] = today.split('-');
  const { placeName } = words.plan.ward;
  const written = {
    ...{ place: placeName, day, month: Number(month) <= 2 ? month : String(Number(month)), year },
  };
  return {
    issuer: issuerOf(words.plan, visit.inspectorUnitId, today),
    mark: [],
    heading: render('heading').split('\n'),
    placeAndDate: render('placeAndDate', written),
    title: render('title'),
    subject: render('subject', params),
    opening: [],
    sections: [
      { title: render('team'), lines: presentLines(app, words, visit) },
      lookedAt(app, visit),
      { title: render('findings'), lines: await findingLines(app, visit) },
      conclusion(app, words, visit),
    ],
    foot: ['signUnit', visit.ledById === undefined ? 'signLead' : 'signStandIn'].map((key) => {
      const [title = '', ...lines] = render(key).split('\n');
      return { kind: 'signer', title: [title], lines, name: null };
    }),
  };
}

const renderer =
  ({ texts }: App) =>
  (key: string, params: Record<string, string | number> = {}): string =>
    texts.render({ key: `inspection.minutes.${key}`, params });

function presentLines(app: App, words: VisitWords, visit: Visit): readonly string[] {
  const { plan, staff } = words;
  const render = renderer(app);
  const params = visitParams(app, words, visit);
  return [
    ...visit.team.map((id, index) => {
      const member = staff.find((one) => one.id === id);
      return render(partOf(visit, id, member), {
        number: index + 1,
        name: member?.name ?? '',
        unit: unitNameOf(plan, member?.unitId ?? '', visit.day),
      });
    }),
    render('inspected', params),
    render('time', { ...params, date: humanDate(noon(visit.day)) }),
  ];
}

type Part = 'lead' | 'leadAway' | 'standIn' | 'member' | 'memberAway';

function partOf(visit: Visit, id: string, member: StaffMember | undefined): Part {
  if (id === ledBy(visit)) return id === leadOf(visit) ? 'lead' : 'standIn';
  if (id === leadOf(visit)) return 'leadAway';
  return member && wasAway(visit, member) ? 'memberAway' : 'member';
}

function lookedAt(app: App, { checklist, answers }: Visit): PaperSection {
  const render = renderer(app);
  const title = render('content');
  if (checklist.length === 0) return { title, lines: [render('contentNone')] };
  const rows = checklist.map(({ id, text }) => [
    text,
    app.texts.render({ key: `inspection.verdict.${answers[id] ?? 'not-looked'}` }),
  ]);
  return { title, lines: [], table: [[render('item'), render('verdict')], ...rows] };
}

async function findingLines(app: App, { findings }: Visit): Promise<readonly PaperLine[]> {
  if (findings.length === 0) return [renderer(app)('findingsNone')];
  const lines: PaperLine[] = [];
  for (const [index, finding] of findings.entries())
    lines.push(findingLine(app, finding, index), ...(await picturesOf(app, finding)));
  return lines;
}

/** The first of its photos; how many more there are is said. */
async function picturesOf(app: App, { photoIds }: Finding): Promise<readonly PaperPictures[]> {
  const found = await Promise.all(photoIds.slice(0, MOST_PICTURES).map((id) => app.media.get(id)));
  const pictures = found.filter((file) => file !== null);
  if (pictures.length === 0) return [];
  const more = photoIds.length - pictures.length;
  return [
    { kind: 'pictures', pictures, below: more > 0 ? renderer(app)('morePhotos', { count: more }) : null },
  ];
}

function findingLine(app: App, { text, severity, term, photoIds }: Finding, index: number): string {
  const render = renderer(app);
  return render('finding', {
    number: index + 1,
    text: /[.!?…]$/u.test(text) ? text : `${text}.`,
    severity: app.texts.render({ key: `inspection.severity.${severity}` }).toLocaleLowerCase('vi'),
    term: term === null ? '' : render('findingTerm', { date: humanDate(noon(term)) }),
    photos: photoIds.length === 0 ? '' : render('photos', { count: photoIds.length }),
  });
}

function conclusion(app: App, words: VisitWords, visit: Visit): PaperSection {
  const render = renderer(app);
  const hasDuties = visit.findings.some(({ term }) => term !== null);
  const params = visitParams(app, words, visit);
  return {
    title: render('end'),
    lines: [render(hasDuties ? 'endFix' : 'endNothing', params), render('endRead')],
  };
}
