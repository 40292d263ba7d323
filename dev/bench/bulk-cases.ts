import { MongoClient } from 'mongodb';
import { newWork } from '#src/domain/case.ts';
import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { CaseState } from '#src/domain/cases/states.ts';
import { type CaseRecord, rowOf } from '#src/store/case-mapping.ts';
import { createSealing } from '#src/store/sealing.ts';
import type { Ward } from './ward.ts';

const INSERT_BATCH = 5_000;
const CATEGORY = 'street-light';
const RULE = 'case-standard';
/** Of so many units one is the officer's; of so many cases one is open; of so many residents one is ours. */
const UNITS = 10;
const OPEN_PART = 20;
const RESIDENTS = 2_000;
const OWN_PART = 7;

/** Whose lists are to be found among all the others. */
export interface Whose {
  readonly officerId: string;
  readonly unitId: string;
  readonly residentChatId: string;
}

/** Straight into the collection: the cases of years, as they would stand there, from number `from` to `to`. */
export async function addCases(ward: Ward, whose: Whose, from: number, to: number): Promise<void> {
  const sealing = createSealing(ward.dataKey);
  const client = await MongoClient.connect(ward.databaseUri);
  const rows = client.db().collection<CaseRecord>('cases');
  const nowMs = Date.now();
  try {
    for (let first = from; first < to; first += INSERT_BATCH) {
      const length = Math.min(INSERT_BATCH, to - first);
      const batch = Array.from({ length }, (_, n): CaseRecord => {
        const code = `B-${String(first + n)}`;
        return { ...rowOf(caseNo(first + n, whose, nowMs), 'B', sealing), code };
      });
      await rows.insertMany(batch, { ordered: false });
    }
  } finally {
    await client.close();
  }
}

function caseNo(n: number, whose: Whose, nowMs: number): Parameters<typeof rowOf>[0] {
  const createdAtMs = nowMs - (n % 1_000) * DAY_MS;
  const isOpen = n % OPEN_PART === 0;
  const unit = Math.floor(n / OPEN_PART) % UNITS;
  const isOwn = unit === 0 && Math.floor(n / (OPEN_PART * UNITS)) % OWN_PART === 0;
  const state: CaseState = isOpen ? 'taken' : 'closed';
  const resident = n % RESIDENTS;
  const dueAtMs = nowMs + ((n % 30) + 1) * DAY_MS;
  return {
    ...newWork(RULE, createdAtMs),
    id: `bench-${String(n)}`,
    resident: {
      platform: 'telegram',
      chatId: resident === 0 ? whose.residentChatId : `r${String(resident)}`,
    },
    residentName: '',
    honorific: null,
    phone: '0912345678',
    text: `Đèn đường trước nhà số ${String(n)} không sáng từ ba hôm nay, buổi tối các cháu đi học về tối quá`,
    place: { text: `Tổ ${String(n % 20)} Khu 3`, location: null },
    neighbourhoodId: null,
    mediaIds: [],
    categoryId: CATEGORY,
    unitId: unit === 0 ? whose.unitId : `unit-${String(unit)}`,
    state,
    handlerId: isOwn ? whose.officerId : `officer-${String(n % 50)}`,
    nextAtMs: isOpen ? dueAtMs + 365 * DAY_MS : null,
    createdAtMs,
    dueAtMs,
    rev: 1,
    history: [{ atMs: createdAtMs, by: 'resident', action: 'created' }],
  };
}
