import { Command, Option } from 'commander';
import { configOrExit } from '#src/config/config.ts';
import { changeRun, listUnknown, settle, type SettleCommand } from './commands/control.ts';
import { screenOf, watchRun } from './commands/watch.ts';
import { type BroadcastCommand, broadcastPost } from './commands/broadcast.ts';
import { showCoverage } from './commands/coverage.ts';
import { parseTerm, ruleDeadline, termDeadline } from './commands/deadline.ts';
import { doctor } from './commands/doctor.ts';
import { previewDuties } from './commands/duties.ts';
import { type InspectionsCommand, listInspections } from './commands/inspections.ts';
import { onDatabase } from './commands/on-database.ts';
import { type CommandAnswer, print } from './commands/output.ts';
import { importGroupFile, invite, listGroupRows } from './commands/people.ts';
import {
  addDutyByCommand,
  type AddCommand,
  changeDutyByCommand,
  listDuties,
  moveDutyByCommand,
} from './commands/change-duties.ts';
import { listStaff, removeFromStaff } from './commands/staff.ts';
import type { OrderCommand } from './commands/ordered-by.ts';
import { listProcedures } from './commands/procedures.ts';
import { checkPlan, importPlan } from './commands/plan.ts';
import { resumeChannel } from './commands/channel.ts';
import { showRun } from './commands/run.ts';
import { retryStuck, showStuck } from './commands/stuck.ts';
import type { Core } from './core.ts';

interface Json {
  readonly json?: true;
}

const loa = new Command('loa')
  .description("The operator's command line of loa-phuong. Times without a zone are the ward's own (+07:00).")
  .showHelpAfterError('(--help says more)');

/** A command that answers, as every one does, also in JSON. */
const command = (parent: Command, words: string, description: string): Command =>
  parent.command(words).description(description).option('--json', 'answer as JSON');

/** An order: who gives it, and why, stays on record. */
const ordered = (order: Command): Command =>
  order
    .requiredOption('--by <staff>', 'who orders it: the chairperson, an admin or a leader of the unit')
    .requiredOption('--reason <why>', 'why; those concerned are told, and the record keeps it');

/** The action of a command that works on the database. */
const onData = async ({ json }: Json, run: (core: Core) => Promise<CommandAnswer>): Promise<void> =>
  print(await onDatabase(configOrExit(), run), json ?? false);

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const plan = loa.command('plan').description("the ward's plan");
command(plan, 'check <file>', 'names every problem of a plan by file, line and field').action(
  async (file: string, { json }: Json) => print(await checkPlan(file), json ?? false),
);
command(plan, 'import <file>', 'stores the plan and its posts, and opens its duties').action(
  (file: string, options: Json) => onData(options, (core) => importPlan(core, file)),
);

const groups = loa.command('groups').description('where broadcasts go');
command(groups, 'import <file>', 'CSV with the columns channel, chat_id, title, khu_pho, kind').action(
  (file: string, options: Json) => onData(options, (core) => importGroupFile(core, file)),
);
command(groups, 'list', 'every group and in what state it is').action((options: Json) =>
  onData(options, listGroupRows),
);

interface InviteOptions extends Json {
  readonly role: string;
  readonly unit: string;
  readonly name: string;
  readonly address: string;
  readonly khuPho?: string;
}
const staff = loa.command('staff').description('who works with the bot');
command(staff, 'list', 'everybody, with their roles and whether they have joined').action((options: Json) =>
  onData(options, listStaff),
);
command(staff, 'remove <staff>', 'somebody has left: no access any more, their duties go to others')
  .requiredOption('--by <staff>', 'who orders it: an admin or the chairperson')
  .requiredOption('--reason <why>', 'why; whoever gets a duty reads it, and the record keeps it')
  .action((id: string, options: OrderCommand & Json) =>
    onData(options, (core) => removeFromStaff(core, id, options)),
  );
command(staff, 'invite', 'a one-time code')
  .requiredOption('--role <roles>', 'one or more roles, separated by commas')
  .requiredOption('--unit <unit>', 'id or name of a unit of the plan')
  .requiredOption('--name <name>', 'the full name')
  .option('--address <word>', 'what stands before the name: anh, chị, ông, bà', 'anh/chị')
  .option('--khu-pho <neighbourhood>', 'id or name of a neighbourhood')
  .action((options: InviteOptions) =>
    onData(options, (core) =>
      invite(core, {
        name: options.name,
        address: options.address,
        roles: options.role.split(','),
        unitId: options.unit,
        neighbourhood: options.khuPho ?? null,
      }),
    ),
  );

command(loa, 'broadcast <post>', "sends a post of the plan and prints the run's id")
  .option('--now', 'as soon as the worker sees it')
  .addOption(new Option('--at <iso>', 'at this instant').conflicts('now'))
  .requiredOption('--by <staff>', 'who wrote it: id of an editor')
  .requiredOption('--approved-by <staff>', 'who approved it: id of somebody else, an approver')
  .option('--khu-pho <names>', 'only these neighbourhoods, such as "khu 3, khu 5A" or "khu 1 đến 4"')
  .option('--kind <kinds>', 'only these kinds of group: residents, officers, mass-organisations')
  .option('--channel <channels>', 'only these channels: telegram, zalo, relay, loudspeaker')
  .option('--wait', 'return when nothing is on its way any more, with what came of it')
  .action((post: string, options: BroadcastCommand & Json) =>
    onData(options, (core) => broadcastPost(core, post, options, tell)),
  );
interface ShowOptions extends Json {
  readonly watch?: true;
  readonly unknown?: true;
}
const run = loa.command('run').description('what goes out, and what went');
command(run, 'show <run>', 'what came of a run')
  .option(
    '--watch',
    'until its end: redrawn on a terminal, else a line at each change, as JSON one object a line',
  )
  .addOption(
    new Option('--unknown', 'the rows of which nobody knows whether they arrived').conflicts('watch'),
  )
  .action((id: string, options: ShowOptions) =>
    onData(options, async (core) => {
      if (options.unknown) return listUnknown(core, id);
      return options.watch ? watchRun(core, id, screenOf(options.json ?? false)) : showRun(core, id);
    }),
  );
for (const [action, description] of [
  ['pause', 'holds a run: what is under way still arrives'],
  ['resume', 'lets a paused run go on'],
  ['cancel', 'stops a run for good'],
] as const) {
  command(run, `${action} <run>`, description)
    .requiredOption('--by <staff>', 'who orders it: id of the author, an approver, a leader or an admin')
    .requiredOption('--reason <words>', 'why, for the record')
    .action((id: string, options: OrderCommand & Json) =>
      onData(options, (core) => changeRun(core, id, action, options)),
    );
}
command(run, 'settle <delivery>', 'says what became of a row that is unknown: see run show --unknown')
  .option('--seen', 'the post is there')
  .option('--again', 'it is not there: send it once more')
  .requiredOption('--by <staff>', 'who looked')
  .action((id: string, options: SettleCommand & Json) =>
    onData(options, (core) => settle(core, id, options)),
  );

command(
  loa.command('channel').description('Telegram and Zalo'),
  'resume <channel>',
  'lets a channel send again that was paused after repeated configuration errors',
).action((channel: string, options: Json) => onData(options, (core) => resumeChannel(core, channel)));

const duties = loa.command('duties').description("the plan's dates, and what leaders add");
command(duties, 'preview', 'every reminder that will go out, sending nothing')
  .requiredOption('--from <day>', 'the first day, such as 2024-05-01')
  .requiredOption('--to <day>', 'the last day')
  .action((options: Json & { from: string; to: string }) =>
    onData(options, (core) => previewDuties(core, options.from, options.to)),
  );
command(duties, 'list', 'every unfinished duty: its day, who has it').action((options: Json) =>
  onData(options, listDuties),
);
ordered(command(duties, 'add', 'opens a duty that no date of the plan makes'))
  .requiredOption('--to <staff>', 'who has to do it')
  .requiredOption('--due <day>', 'the last day, such as 2024-06-28')
  .option('--title <words>', 'what is to be done')
  .option(
    '--obligation <id>',
    'the paragraph of the plan that it is for, such as II2-2; its words are the title',
  )
  .option('--done-by <what>', 'what shows that it is done: document, file, photo or word', 'document')
  .action((options: AddCommand & Json) => onData(options, (core) => addDutyByCommand(core, options)));
ordered(command(duties, 'assign <duty>', 'gives a duty to somebody else'))
  .requiredOption('--to <staff>', 'who has to do it now')
  .action((id: string, options: OrderCommand & Json & { to: string }) =>
    onData(options, (core) => changeDutyByCommand(core, id, { kind: 'assign', toId: options.to }, options)),
  );
ordered(command(duties, 'move <duty>', 'sets another last day; its reminders follow'))
  .requiredOption('--due <day>', 'the last day, such as 2024-06-28')
  .action((id: string, options: OrderCommand & Json & { due: string }) =>
    onData(options, (core) => moveDutyByCommand(core, id, options.due, options)),
  );
ordered(command(duties, 'cancel <duty>', 'calls a duty off')).action(
  (id: string, options: OrderCommand & Json) =>
    onData(options, (core) => changeDutyByCommand(core, id, { kind: 'cancel' }, options)),
);

command(
  loa.command('inspections').description('visits of inspectors'),
  'list',
  'the announced and the closed ones, of the last year and to come',
)
  .option('--unannounced', 'also those that nobody of the unit may know of; stays on record')
  .option('--by <staff>', 'with --unannounced: who asks; what concerns their own unit stays out')
  .option('--reason <why>', 'with --unannounced: why, for the record')
  .action((options: InspectionsCommand & Json) => onData(options, (core) => listInspections(core, options)));

command(loa, 'deadline <rule>', 'when a rule of the plan, or a term such as 45m, 4wh, 10wd, 30d, ends')
  .requiredOption('--from <iso>', 'when it starts, such as 2024-05-09T08:00')
  .action(async (rule: string, options: Json & { from: string }) => {
    const term = parseTerm(rule);
    if (term) print(termDeadline(term, options.from), options.json ?? false);
    else await onData(options, (core) => ruleDeadline(core, rule, options.from));
  });

command(loa, 'coverage', 'which topics reached whom in a month, and how often')
  .option('--month <month>', 'such as 2024-03; this month unless told')
  .action((options: Json & { month?: string }) =>
    onData(options, (core) => showCoverage(core, options.month)),
  );

command(loa, 'procedures', 'the board of procedures: what the reporting unit wrote of each week')
  .option('--weeks <count>', 'so many of the last weeks; 8 unless told')
  .action((options: Json & { weeks?: string }) =>
    onData(options, (core) => listProcedures(core, options.weeks)),
  );

const stuck = loa.command('stuck').description('what failed too often and was set aside');
command(stuck, 'list', 'messages and effects that were set aside, by id').action((options: Json) =>
  onData(options, showStuck),
);
command(stuck, 'retry [id]', 'puts it back for the running bot to try once more')
  .option('--all', 'everything that is set aside')
  .action((id: string | undefined, options: Json & { all?: true }) =>
    onData(options, (core) => retryStuck(core, id, options.all ?? false)),
  );

command(loa, 'doctor', 'looks at settings, database, Redis, plan, tokens, webhooks and calendar').action(
  async ({ json }: Json) => print(await doctor(configOrExit(), () => Date.now()), json ?? false),
);

await loa.parseAsync();

/** Something that never answered must not hold the terminal; what matters was waited for. */
const LINGER_MS = 500;
setTimeout(() => process.exit(), LINGER_MS).unref();
