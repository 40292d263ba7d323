import { type ConnectOptions, createConnection } from 'mongoose';
import type { DenunciationStore } from '#src/app/ports/denunciations.ts';
import type { PersonalDataStore } from '#src/app/ports/personal-data.ts';
import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import type { ProcedureStore } from '#src/app/ports/procedures.ts';
import type { VisitStore } from '#src/app/ports/visits.ts';
import type { BeatStore, ChannelHealthStore, ZaloTokenStore } from '#src/app/ports/health.ts';
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
} from '#src/app/ports/stores.ts';
import { auditStore } from './audit.ts';
import { beatStore } from './beats.ts';
import { carriedWordsStore } from './carried-words.ts';
import { questionStore } from './questions.ts';
import { caseStore } from './cases.ts';
import { channelHealthStore } from './channel-health.ts';
import { conversationStore } from './conversations.ts';
import { counters } from './counters.ts';
import { denunciationStore } from './denunciations.ts';
import { deliveryStore } from './deliveries/deliveries.ts';
import { destinationStore } from './destinations.ts';
import { dutyStore } from './duties.ts';
import { inboxStore } from './inbox.ts';
import { mediaStore } from './media.ts';
import { migration } from './migrate.ts';
import { personalDataStore } from './personal-data.ts';
import { planStore } from './plans.ts';
import { procedureStore } from './procedures.ts';
import type { StoreParts } from './records.ts';
import { runStore } from './runs.ts';
import { seriesStore } from './series.ts';
import { createSealing, type Sealing } from './sealing.ts';
import { staffStore } from './staff.ts';
import { superviseDriver } from './supervise-driver.ts';
import { visitStore } from './visits.ts';
import { zaloTokenStore } from './zalo-tokens.ts';

export interface Store {
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
  readonly audit: AuditStore;
  readonly denunciations: DenunciationStore;
  readonly personalData: PersonalDataStore;
  readonly carriedWords: CarriedWordsStore;
  readonly questions: GroupQuestionStore;
  readonly channelHealth: ChannelHealthStore;
  readonly beats: BeatStore;
  readonly zaloTokens: ZaloTokenStore;
  readonly deliveries: DeliveryStore;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  /** Makes what is missing of collections and indexes; safe from several processes at once. Before anything else. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly mongodbUri: string;
  /** 32 bytes in base64: the key to what is private. */
  readonly dataKey: string;
  /** 32 bytes in base64, of which nothing else is sealed; without it no denunciation is kept. */
  readonly denunciationKey?: string | undefined;
  /** Instead of the one in the URI. */
  readonly databaseName?: string;
  /** Real time in ms, for leases and locks. */
  readonly realNowMs?: () => number;
  /** The driver lost sight of the database and is started anew. */
  readonly onStuck?: () => void;
  /** How often that is looked for. */
  readonly lookEveryMs?: number;
}

const SERVER_SELECTION_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 30_000;
const MAX_POOL_SIZE = 20;

/**
 * Opens the store on a connection of its own. Whatever is the matter with the database is thrown, here and later;
 * `migrate` must have run once before anything is stored.
 * @throws SealingError for an unusable `dataKey`; the driver's error when the server cannot be reached within 5 s
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const sealing = createSealing(options.dataKey);
  const lock = options.denunciationKey === undefined ? null : createSealing(options.denunciationKey);
  const settings = {
    ...(options.databaseName !== undefined && { dbName: options.databaseName }),
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    maxPoolSize: MAX_POOL_SIZE,
    // The one retry layer is ours (`retry.ts`): not every server we run on has the driver's.
    retryWrites: false,
    writeConcern: { w: 'majority' },
    ignoreUndefined: true,
  } satisfies ConnectOptions;
  const connection = createConnection(options.mongodbUri, settings);
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw error;
  }
  const driver = superviseDriver(connection, {
    async reopen() {
      await connection.close();
      await connection.openUri(options.mongodbUri, settings);
    },
    onStuck: options.onStuck ?? (() => undefined),
    ...(options.lookEveryMs === undefined ? {} : { lookEveryMs: options.lookEveryMs }),
  });
  const parts: StoreParts = { connection, sealing, realNowMs: options.realNowMs ?? Date.now };
  return Object.freeze({
    ...repositories(parts, lock),
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    migrate: migration(parts),
    async close() {
      await driver.stop();
      await connection.close();
    },
  });
}

function repositories(parts: StoreParts, lock: Sealing | null): Omit<Store, 'ping' | 'migrate' | 'close'> {
  const numbers = counters(parts);
  return {
    inbox: inboxStore(parts),
    conversations: conversationStore(parts),
    cases: caseStore(parts, numbers),
    destinations: destinationStore(parts),
    staff: staffStore(parts),
    runs: runStore(parts),
    series: seriesStore(parts),
    duties: dutyStore(parts),
    visits: visitStore(parts),
    procedures: procedureStore(parts),
    plans: planStore(parts),
    media: mediaStore(parts),
    audit: auditStore(parts),
    denunciations: denunciationStore(parts, lock),
    personalData: personalDataStore(parts),
    carriedWords: carriedWordsStore(parts),
    questions: questionStore(parts),
    channelHealth: channelHealthStore(parts),
    beats: beatStore(parts),
    zaloTokens: zaloTokenStore(parts),
    deliveries: deliveryStore(parts, numbers),
  };
}
