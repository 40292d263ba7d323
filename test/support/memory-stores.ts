import { memoryCases } from './memory/memory-cases.ts';
import { memoryCarriedWords, memoryChannelHealth, memoryZaloTokens } from './memory/memory-channel.ts';
import { memoryQuestions } from './memory/memory-questions.ts';
import { memoryDenunciations } from './memory/memory-denunciations.ts';
import { memoryPersonalData } from './memory/memory-personal-data.ts';
import { memoryConversations } from './memory/memory-conversations.ts';
import { memoryDeliveries } from './memory/memory-deliveries.ts';
import { memoryInbox } from './memory/memory-inbox.ts';
import { memoryDestinations, memoryStaff } from './memory/memory-people.ts';
import { memoryAudit, memoryBeats, memoryMedia, memoryPlans } from './memory/memory-rest.ts';
import { memoryProcedures } from './memory/memory-procedures.ts';
import { memoryVisits } from './memory/memory-visits.ts';
import { memoryDuties, memoryRuns, memorySeries } from './memory/memory-work.ts';

export interface MemoryStoreOptions {
  /** Real time in ms for leases; `Date.now` unless told. */
  readonly realNowMs?: () => number;
}

/** Every store port in memory. Held to the same contract suites as the real store (`test/contract/store`). */
export function memoryStores({ realNowMs = Date.now }: MemoryStoreOptions = {}) {
  const conversations = memoryConversations();
  return {
    inbox: memoryInbox(),
    conversations,
    personalData: memoryPersonalData(conversations),
    cases: memoryCases(),
    destinations: memoryDestinations(),
    staff: memoryStaff(),
    runs: memoryRuns(),
    series: memorySeries(),
    duties: memoryDuties(),
    visits: memoryVisits(),
    procedures: memoryProcedures(),
    plans: memoryPlans(),
    media: memoryMedia(),
    audit: memoryAudit(),
    denunciations: memoryDenunciations(),
    carriedWords: memoryCarriedWords(),
    questions: memoryQuestions(),
    channelHealth: memoryChannelHealth(),
    beats: memoryBeats(),
    zaloTokens: memoryZaloTokens(),
    deliveries: memoryDeliveries(realNowMs),
  };
}

export type MemoryStores = ReturnType<typeof memoryStores>;
