import type { Calendar } from '#src/domain/calendar/calendar.ts';
import type { DenunciationStore } from './ports/denunciations.ts';
import type { PersonalDataStore } from './ports/personal-data.ts';
import type { Letters } from './ports/letters.ts';
import type { Papers } from './ports/papers.ts';
import type { Channels } from './ports/channel.ts';
import type { Documents } from './ports/documents.ts';
import type { DeliveryStore } from './ports/deliveries.ts';
import type { ProcedureStore } from './ports/procedures.ts';
import type { Sheets } from './ports/sheets.ts';
import type { VisitStore } from './ports/visits.ts';
import type {
  Alerts,
  CategorySearch,
  Clock,
  Draw,
  Log,
  Pictures,
  Recurrence,
  Texts,
  Tokens,
  Wake,
} from './ports/services.ts';
import type { BeatStore, ChannelHealthStore } from './ports/health.ts';
import type {
  AuditStore,
  CarriedWordsStore,
  CaseStore,
  ConversationStore,
  DestinationStore,
  DutyStore,
  GroupQuestionStore,
  InboxStore,
  MediaStore,
  PlanStore,
  RunStore,
  SeriesStore,
  StaffStore,
} from './ports/stores.ts';

/** What the inbound side and the effects need. Main builds it once. */
export interface App {
  readonly inbox: InboxStore;
  readonly conversations: ConversationStore;
  readonly cases: CaseStore;
  readonly destinations: DestinationStore;
  readonly staff: StaffStore;
  readonly runs: RunStore;
  readonly series: SeriesStore;
  readonly duties: DutyStore;
  readonly visits: VisitStore;
  readonly procedures: ProcedureStore;
  readonly plans: PlanStore;
  readonly media: MediaStore;
  readonly sheets: Sheets;
  readonly audit: AuditStore;
  readonly denunciations: DenunciationStore;
  readonly personalData: PersonalDataStore;
  readonly letters: Letters;
  readonly papers: Papers;
  readonly carriedWords: CarriedWordsStore;
  readonly channelHealth: ChannelHealthStore;
  readonly questions: GroupQuestionStore;
  readonly beats: BeatStore;
  readonly deliveries: DeliveryStore;
  readonly channels: Channels;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly draw: Draw;
  readonly texts: Texts;
  readonly pictures: Pictures;
  readonly documents: Documents;
  readonly categorySearch: CategorySearch;
  readonly wake: Wake;
  readonly alerts: Alerts;
  readonly log: Log;
  readonly calendar: Calendar;
  readonly recurrence: Recurrence;
  /** SHA-256, hexadecimal. */
  readonly hash: (words: string) => string;
  /** The last instant for an answer under a rule of the plan, by the ward's calendar. */
  readonly dueAtMs: (ruleId: string, fromMs: number) => Promise<number>;
}
