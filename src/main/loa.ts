import { Command } from 'commander';
import { configOrExit } from '#src/config/config.ts';
import { broadcastPost, showRun } from './commands/broadcast.ts';
import { deadline, parseTerm } from './commands/deadline.ts';
import { doctor } from './commands/doctor.ts';
import { previewDuties } from './commands/duties.ts';
import { type CommandAnswer, print } from './commands/output.ts';
import { importGroupFile, invite, listGroupRows } from './commands/people.ts';
import { checkPlan, importPlan } from './commands/plan.ts';
import type { Core } from './core.ts';
import { buildRuntime } from './runtime.ts';

/** Runs a command on the real services and lets them go again. */
async function onServices(asJson: boolean, run: (core: Core) => Promise<CommandAnswer>): Promise<void> {
  const runtime = await buildRuntime({ ...configOrExit(), logLevel: 'warn' });
  try {
    print(await run(runtime.core), asJson);
  } finally {
    await runtime.close();
  }
}

const loa = new Command('loa').description("The operator's command line of loa-phuong").showHelpAfterError();
const json = ['--json', 'answer as JSON'] as const;

const plan = loa.command('plan').description("the ward's plan");
plan
  .command('check <file>')
  .option(...json)
  .action(async (file: string, options: { json?: true }) =>
    print(await checkPlan(file), options.json ?? false),
  );
plan
  .command('import <file>')
  .option(...json)
  .action((file: string, options: { json?: true }) =>
    onServices(options.json ?? false, (core) => importPlan(core, file)),
  );

const groups = loa.command('groups').description('where broadcasts go');
groups
  .command('import <file>')
  .description('CSV with the columns channel, chat_id, title, khu_pho, kind')
  .option(...json)
  .action((file: string, options: { json?: true }) =>
    onServices(options.json ?? false, (core) => importGroupFile(core, file)),
  );
groups
  .command('list')
  .option(...json)
  .action((options: { json?: true }) => onServices(options.json ?? false, listGroupRows));

interface InviteOptions {
  readonly role: string;
  readonly unit: string;
  readonly name: string;
  readonly address: string;
  readonly khuPho?: string;
  readonly json?: true;
}
loa
  .command('staff')
  .command('invite')
  .requiredOption('--role <roles>', 'one or more roles, separated by commas')
  .requiredOption('--unit <unit>')
  .requiredOption('--name <name>')
  .option('--address <word>', 'what stands before the name: anh, chị, ông, bà', 'anh/chị')
  .option('--khu-pho <neighbourhood>')
  .option(...json)
  .action((options: InviteOptions) =>
    onServices(options.json ?? false, (core) =>
      invite(core, {
        name: options.name,
        address: options.address,
        roles: options.role.split(','),
        unitId: options.unit,
        neighbourhood: options.khuPho ?? null,
      }),
    ),
  );

interface BroadcastOptions {
  readonly now?: true;
  readonly at?: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly wait?: true;
  readonly json?: true;
}
loa
  .command('broadcast <post>')
  .option('--now')
  .option('--at <iso>')
  .requiredOption('--by <staff>', 'author: id of a member of staff')
  .requiredOption('--approved-by <staff>', 'approver: somebody else')
  .option('--wait', 'return when nothing is on its way any more')
  .option(...json)
  .action((post: string, options: BroadcastOptions) =>
    onServices(options.json ?? false, (core) => broadcastPost(core, post, options)),
  );
loa
  .command('run')
  .command('show <run>')
  .option(...json)
  .action((run: string, options: { json?: true }) =>
    onServices(options.json ?? false, (core) => showRun(core, run)),
  );

loa
  .command('duties')
  .command('preview')
  .description('every reminder that will go out, sending nothing')
  .requiredOption('--from <day>')
  .requiredOption('--to <day>')
  .option(...json)
  .action((options: { from: string; to: string; json?: true }) =>
    onServices(options.json ?? false, (core) => previewDuties(core, options.from, options.to)),
  );

loa
  .command('deadline <rule>')
  .description('when a rule of the plan, or a term such as 45m, 4wh, 10wd, 30d, ends')
  .requiredOption('--from <iso>')
  .option(...json)
  .action(async (rule: string, options: { from: string; json?: true }) => {
    // A bare term needs neither settings nor services.
    if (parseTerm(rule)) print(await deadline(null, rule, options.from), options.json ?? false);
    else await onServices(options.json ?? false, (core) => deadline(core, rule, options.from));
  });

loa
  .command('doctor')
  .description('configuration, database, Redis, tokens, webhooks, calendar')
  .option(...json)
  .action(async (options: { json?: true }) => print(await doctor(configOrExit()), options.json ?? false));

await loa.parseAsync();
