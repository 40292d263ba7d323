import type { DoneBy } from './done-by.ts';
import type { DutyKind } from './duty-kinds.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { Broadcasting } from './plan-broadcasting.ts';
import type { CaseHandling } from './plan-cases.ts';
import type { Ladder, LadderOf } from './plan-ladders.ts';
import type { ChecklistItem, KindOfInspection } from './plan-inspections.ts';
import type { ProcedureWatch } from './plan-procedures.ts';
import type { LocalDate, LocalTime, RuleStatus } from './plan-terms.ts';

export type { Neighbourhood } from './neighbourhood.ts';
export type { Ladder } from './plan-ladders.ts';
export type { Broadcasting, UrgentTemplate } from './plan-broadcasting.ts';
export type { LocalDate, LocalTime } from './plan-terms.ts';

/**
 * The ward's yearly plan as data. Everything a ward can differ in is here: names, dates, people to answer to,
 * deadlines, legal terms. `src/plan` makes these values from YAML and freezes them; nothing in the code holds a copy.
 */

/** What a staff member may be; a resident has no role. Rights follow from these, so the list is closed. */
export const ROLE_IDS = [
  'editor',
  'approver',
  'handler',
  'inspector',
  'leader',
  'chairperson',
  'denunciation-officer',
  'admin',
  'neighbourhood-head',
  'loudspeaker-operator',
] as const;
export type RoleId = (typeof ROLE_IDS)[number];

/** Where the bot itself can carry a topic. A meeting is not one: people speak there, not the bot. */
export const TOPIC_CHANNELS = ['telegram', 'zalo', 'relay', 'loudspeaker'] as const;
export type TopicChannel = (typeof TOPIC_CHANNELS)[number];

export type TermUnit = 'minutes' | 'working-hours' | 'working-days' | 'calendar-days';
/** A length of time in the unit the rule itself uses; in YAML `45m`, `4wh`, `10wd`, `30d`. */
export type Term = { readonly amount: number; readonly unit: TermUnit };

/** One day, or the same day each year. */
export type DateRule =
  | { readonly kind: 'once'; readonly date: LocalDate }
  | { readonly kind: 'yearly'; readonly month: number; readonly day: number };

/**
 * The day of each week (ISO, 1 is Monday), of each month or of one month of each quarter; one that the month does not have is
 * its last.
 */
export type RhythmRule =
  | DateRule
  | { readonly kind: 'weekly'; readonly weekday: number }
  | { readonly kind: 'monthly'; readonly day: number }
  | { readonly kind: 'quarterly'; readonly monthOfQuarter: 1 | 2 | 3; readonly day: number }
  | AheadRule;

/**
 * As many working days before the last one on which a deadline, or another routine, can be met, each time that one comes: what has
 * to be done before a document is issued ("trước khi ban hành").
 */
export type AheadRule = { readonly kind: 'ahead'; readonly of: string; readonly workingDays: number };

export type Ward = {
  /** Short and stable; part of keys and file names. */
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly province: string;
  readonly timeZone: string;
  readonly year: number;
  readonly planTitle: string;
  /** Null where the copy of the plan does not show it. */
  readonly planNumber: string | null;
  readonly planDate: LocalDate;
  readonly placeName: string;
  readonly theme: string;
  readonly slogans: readonly string[];
  readonly signer: { readonly authority: string; readonly title: string; readonly name: string };
  readonly letterheads: readonly Letterhead[];
  readonly hotlines: readonly Hotline[];
  readonly officeHours: OfficeHours;
  /** To whom the periodic reports go, by the day a report is sent. */
  readonly reportRecipients: readonly ReportRecipient[];
  /** Names residents and old documents still use. */
  readonly oldNames: readonly string[];
};

/** The two lines at the top left of an official document, from `effectiveFrom` on. */
export type Letterhead = {
  readonly effectiveFrom: LocalDate;
  readonly upper: string;
  readonly issuer: string;
};
export type Hotline = { readonly number: string; readonly label: string };
export type OfficeHours = {
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[];
  /** In order, not touching: the gap between two is the lunch break. */
  readonly periods: readonly { readonly from: LocalTime; readonly to: LocalTime }[];
};
export type ReportRecipient = {
  readonly effectiveFrom: LocalDate;
  readonly name: string;
  /** The office the report passes through. */
  readonly via: string;
};

/** A body that owns work. `active: false` switches off a body the law may have ended, without losing its history. */
export type Unit = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Outside the ward's own offices: invited, never ordered. */
  readonly external: boolean;
  readonly handlesCases: boolean;
  readonly roles: readonly RoleId[];
  /** Later names; a document of 2024 still prints the name of 2024. */
  readonly renamed: readonly { readonly effectiveFrom: LocalDate; readonly name: string }[];
};

export type Role = { readonly id: RoleId; readonly name: string };

export type InferredField = 'actor' | 'addressedTo' | 'informed';

export type Obligation = {
  readonly id: string;
  /** Section of the plan, such as `II.4`. */
  readonly section: string;
  /** The actor in the plan's own words. */
  readonly actor: string;
  /** The units behind those words; never empty. */
  readonly units: readonly string[];
  readonly duty: DutyKind;
  /** Word for word as issued, misprints included. */
  readonly verbatim: string;
  /** What people are shown; equals `verbatim` where nothing had to be corrected. */
  readonly display: string;
  readonly timing: string | null;
  readonly addressedTo: string | null;
  readonly informed: string | null;
  /** Which of the fields the plan does not state and were inferred. */
  readonly inferred: readonly InferredField[];
};

export type Topic = {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** The unit that writes the posts. */
  readonly owner: string;
  readonly partners: readonly string[];
  readonly obligation: string;
  readonly verbatim: string;
  readonly display: string;
  /** Where the bot carries it; empty for what only people do. */
  readonly channels: readonly TopicChannel[];
  /** Channels in the plan's own words; empty where it names none. */
  readonly channelsNamed: readonly string[];
  /** Null where the plan names none. */
  readonly audience: string | null;
  /** Its posts name people by their nature: whether one does is asked of each. */
  readonly namesPersons: boolean;
  /** After this day the topic's posts need a new source. */
  readonly validTo: LocalDate | null;
};

export type Deadline = {
  readonly id: string;
  readonly obligation: string;
  readonly document: string;
  /** Word for word; the recipient of a later year is in `ward.reportRecipients`. */
  readonly recipient: string;
  /** "Before" a day excludes it: due by the end of the day before. */
  readonly before: DateRule;
  readonly responsible: string;
  /** Who is told when the responsible unit stays silent. */
  readonly supervisor: string;
  readonly deputy: string;
  readonly ladder: Ladder;
  /** Plans of an older release have none; so below. */
  readonly doneBy?: DoneBy;
};

/** What the plan asks for without a date, on the days that the ward has chosen. The day named is the last one. */
export type Routine = {
  readonly id: string;
  readonly obligation: string;
  readonly title: string;
  readonly on: readonly RhythmRule[];
  readonly responsible: string;
  /** Who is told when the responsible unit stays silent. */
  readonly supervisor: string;
  readonly ladder: Ladder;
  readonly doneBy?: DoneBy;
};

export type Inspection = {
  readonly id: string;
  readonly title: string;
  readonly obligations: readonly string[];
  readonly inspector: string;
  /** Units looked at. An unannounced inspection is never shown to them until it is closed. */
  readonly inspected: readonly string[];
  /** What is looked at, in words. */
  readonly subject: string;
  readonly mode: string;
  readonly announced: boolean;
  /** True where surprise visits stand beside announced ones; those are entered by hand, never from `schedule`. */
  readonly alsoUnannounced: boolean;
  /** Which kinds of visit the plan allows; the first is the usual one. */
  readonly kinds: readonly KindOfInspection[];
  /** What a visit looks at, where the ward has written it down. */
  readonly checklist: readonly ChecklistItem[];
  readonly output: string | null;
  /** Null where the plan gives no date and the ward has not chosen one. */
  readonly schedule: { readonly on: readonly DateRule[]; readonly ladder: Ladder } | null;
};

/** A line of the plan's distribution list; `units` are those of ours it means. */
export type Recipient = {
  readonly id: string;
  readonly verbatim: string;
  readonly display: string;
  readonly units: readonly string[];
};

/** What a resident can report, in plain words. */
export type Category = {
  readonly id: string;
  readonly label: string;
  /** As people type: with and without tone marks, teencode. */
  readonly keywords: readonly string[];
  readonly unit: string;
  readonly rule: string;
  /** Numbers of `ward.hotlines` to name first where it may be dangerous. */
  readonly emergency: readonly string[];
};

/** One version of a term. The same `id` comes again with a later `effectiveFrom` when the law changes. */
export type TermRule = {
  readonly id: string;
  readonly label: string;
  readonly term: Term;
  /** Of terms counted in days: whether the day of the event is the first of them. */
  readonly firstDay: 'counted' | 'not-counted';
  /** Of calendar days: what becomes of an end that is a day off. */
  readonly dayOff: 'moves-on' | 'stays';
  readonly source: string;
  readonly status: RuleStatus;
  readonly effectiveFrom: LocalDate;
};

/** On what the way of counting rests, for who wants to see how a date came about. */
export type CountingSources = {
  readonly firstDay: string;
  readonly dayOff: string;
  readonly pause: string;
};

export type Plan = {
  readonly ward: Ward;
  readonly broadcasting: Broadcasting;
  readonly units: readonly Unit[];
  readonly roles: readonly Role[];
  readonly neighbourhoods: readonly Neighbourhood[];
  readonly obligations: readonly Obligation[];
  readonly topics: readonly Topic[];
  readonly deadlines: readonly Deadline[];
  readonly routines: readonly Routine[];
  readonly inspections: readonly Inspection[];
  /** Null: no board of procedures is kept. */
  readonly procedures: ProcedureWatch | null;
  readonly recipients: readonly Recipient[];
  readonly categories: readonly Category[];
  readonly rules: readonly TermRule[];
  readonly counting: CountingSources;
  readonly cases: CaseHandling;
  /** By kind of duty and by unit; each rule above holds its own already. Plans of an older release have none. */
  readonly ladders?: readonly LadderOf[];
};
