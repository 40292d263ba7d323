import { BSON } from 'mongodb';
import type { Command, Reply } from './command.ts';
import type { Sql } from './database.ts';
import { CommandError } from './errors.ts';
import { encode } from './raw-bson.ts';

/** explain: PostgreSQL's plan, with the stage names that a reader of MongoDB plans looks for. */

const functions: Readonly<Record<string, string>> = {
  find: 'bson_aggregation_find',
  aggregate: 'bson_aggregation_pipeline',
  count: 'bson_aggregation_count',
  distinct: 'bson_aggregation_distinct',
};

type PlanNode = Record<string, unknown> & { Plans?: PlanNode[] };

/** Explains find, aggregate, count and distinct; `executionStats` and `allPlansExecution` run the query. */
export async function explain(command: Command): Promise<Reply> {
  const inner = command.value('explain');
  if (typeof inner !== 'object' || inner === null)
    throw new CommandError('FailedToParse', 'explain needs a command');
  const query = without(inner, ['$db', 'lsid', 'maxTimeMS']);
  return await explainQuery(command, query, command.value('verbosity') ?? 'allPlansExecution');
}

/** `aggregate` with `explain: true`. */
export async function explainAggregate(command: Command): Promise<Reply> {
  return await explainQuery(command, without(BSON.deserialize(command.body), ['explain']), 'queryPlanner');
}

function without(document: BSON.Document, names: readonly string[]): BSON.Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

async function explainQuery(command: Command, query: BSON.Document, verbosity: unknown): Promise<Reply> {
  const kind = Object.keys(query)[0] ?? '';
  const name = functions[kind];
  if (name === undefined)
    throw new CommandError('CommandNotSupported', `explain of ${kind} is not supported`);
  const analyze = verbosity !== 'queryPlanner';
  const sql: Sql = {
    name: `explain_${name}_${analyze}`,
    text: `EXPLAIN (FORMAT JSON, ANALYZE ${analyze}) SELECT document FROM documentdb_api_catalog.${name}($1, $2)`,
  };
  const row = await command.backend.database.call(sql, [command.db, encode(query)], command.maxTimeMs);
  const [explained] = row['QUERY PLAN'] as [{ Plan: PlanNode; 'Execution Time'?: number }];
  const plan = explained.Plan;
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${command.db}.${String(query[kind])}`,
      winningPlan: { ...stageOf(plan), postgres: plan },
      rejectedPlans: [],
    },
    ...(analyze && {
      executionStats: {
        executionSuccess: true,
        nReturned: plan['Actual Rows'],
        totalDocsExamined: documentsExamined(plan),
        executionTimeMillis: Math.round(explained['Execution Time'] ?? 0),
      },
    }),
    ok: 1,
  };
}

function* nodesOf(plan: PlanNode): Generator<PlanNode> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodesOf(child);
}

function stageOf(plan: PlanNode): { stage: string; indexName?: string } {
  for (const node of nodesOf(plan)) {
    const indexName = node['Index Name'];
    if (typeof indexName !== 'string') continue;
    // The engine reads a whole collection through the primary key, by the collection's own number alone.
    const whole = indexName === '_id_' && !String(node['Index Cond']).includes('object_id');
    return whole ? { stage: 'COLLSCAN' } : { stage: 'IXSCAN', indexName };
  }
  return { stage: 'COLLSCAN' };
}

/** Documents that were looked at: those that a scan gave on and those that it threw away. */
function documentsExamined(plan: PlanNode): number {
  const count = (node: PlanNode, field: string): number =>
    Number(node[field] ?? 0) * Number(node['Actual Loops'] ?? 1);
  return [...nodesOf(plan)]
    .filter((node) => node['Relation Name'] !== undefined)
    .flatMap((node) =>
      ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Index Recheck'].map((field) =>
        count(node, field),
      ),
    )
    .reduce((sum, one) => sum + one, 0);
}
