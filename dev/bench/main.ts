import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startServices } from '#dev/services/index.ts';
import { type Figure, PART_NAMES, type PartName, tableOf } from './figures.ts';
import { casesPart } from './parts/cases.ts';
import { cutPart } from './parts/cut.ts';
import { dutiesPart } from './parts/duties.ts';
import { limitPart } from './parts/limit.ts';
import { PEERS } from './peers.ts';
import type { Parts } from './parts/part.ts';
import { replyPart } from './parts/reply.ts';
import { memoryPart, throughputPart } from './parts/throughput.ts';

/** `npm run bench -- [--only PART] [--chats N] [--ours] [--json FILE]`: our engine beside its peers, on the same server, or alone. */

const PARTS: Parts = {
  limit: limitPart,
  cut: cutPart,
  throughput: throughputPart,
  memory: memoryPart,
  reply: replyPart,
  duties: dutiesPart,
  cases: casesPart,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    chats: { type: 'string' },
    ours: { type: 'boolean' },
    json: { type: 'string' },
  },
});

function partsAsked(only: string | undefined): readonly PartName[] {
  if (only === undefined) return PART_NAMES;
  const found = PART_NAMES.filter((name) => name === only);
  if (found.length === 0) throw new Error(`--only takes one of ${PART_NAMES.join(', ')}`);
  return found;
}

function chatsAsked(chats: string | undefined): number | null {
  if (chats === undefined) return null;
  const count = Number(chats);
  if (!Number.isInteger(count) || count < 1) throw new Error('--chats takes a whole number from 1');
  return count;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const parts = partsAsked(values.only);
const chats = chatsAsked(values.chats);
const peers = values.ours === true ? [] : PEERS;
const services = await startServices({ log: say });
const all: Figure[] = [];
try {
  for (const name of parts) all.push(...(await PARTS[name]({ services, chats, peers, say })));
} finally {
  await services.stop();
}
process.stdout.write(`${tableOf(all)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
process.exit();
