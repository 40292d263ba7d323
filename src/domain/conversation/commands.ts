import { handlesCases, hasRole } from '../staff.ts';
import type { Command } from './flow.ts';
import { broadcastCommands } from './flows/broadcast.ts';
import { dutyCommands } from './flows/duty.ts';
import { inspectionCommand } from './flows/inspections.ts';
import { lockedCommand } from './flows/locked.ts';
import { leaveCommand } from './flows/leave.ts';
import { myDataCommand } from './flows/my-data.ts';
import { menu, withCarriedWords } from './flows/menu.ts';
import { proceduresCommand } from './flows/procedures.ts';
import { startCallBack, startEntry, startReport } from './flows/report.ts';
import { subscriberCommands } from './flows/subscribe.ts';
import { startForm } from './forms/form-flow.ts';
import { receiveLetterForm } from './forms/receive-letter.form.ts';
import type { StepContext, StepResult } from './types.ts';

const effect = (kind: 'list-cases' | 'list-groups' | 'list-work' | 'show-week'): StepResult => ({
  flow: null,
  effects: [{ kind }],
});

/** Every plain word that starts something, in the order in which they are tried; being away is said in sentences of its own. */
export const COMMANDS: readonly Command[] = [
  ...dutyCommands,
  ...broadcastCommands,
  ...subscriberCommands,
  lockedCommand,
  myDataCommand,
  inspectionCommand,
  proceduresCommand,
  { words: ['phananh', 'phan anh', 'gop y', 'kien nghi'], run: (context) => startReport(context) },
  { words: ['xemviec', 'xem viec', 'viec da gui', 'xem viec da gui'], run: () => effect('list-cases') },
  {
    words: ['nhapho', 'nhap ho', 'nhap viec'],
    run: (context) => (context.staff && handlesCases(context.staff) ? startEntry(context) : null),
  },
  {
    words: ['nhandon', 'nhan don', 'ghi don'],
    run: (context) => (receiveLetterForm.mayFill(context) ? startForm(receiveLetterForm, context) : null),
  },
  { words: ['goilai', 'goi lai', 'nho can bo goi lai'], run: (context) => startCallBack(context) },
  { words: ['trogiup', 'tro giup', 'menu'], run: (context) => menu(context) },
  {
    words: ['viec', 'viec cua toi'],
    run: (context) => (context.staff && handlesCases(context.staff) ? effect('list-work') : null),
  },
  {
    words: ['tuannay', 'tuan nay', 'viec tuan nay'],
    run: (context) =>
      context.staff && hasRole(context.staff, 'leader', 'chairperson') ? effect('show-week') : null,
  },
  {
    words: ['nhom', 'cac nhom'],
    run: (context) => (context.staff && hasRole(context.staff, 'admin') ? effect('list-groups') : null),
  },
];

const INVITATION = /^(?:start\s+)?([a-hj-np-z2-9]{4}-[a-hj-np-z2-9]{4})$/u;

/**
 * The command that the words name: with or without tone marks, "/" or "#"; Zalo has no slash. Inside a form only words
 * with the mark break out, so that "góp ý" may be part of an answer.
 */
export function findCommand(folded: string, context: StepContext, insideForm: boolean): StepResult | null {
  const marked = /^[/#]/u.test(folded);
  const words = folded.replace(/^[/#]/u, '').replace(/@\S+$/u, '').trim();
  const invitation = INVITATION.exec(words)?.[1];
  if (invitation) return { flow: null, effects: [{ kind: 'join-staff', code: invitation.toUpperCase() }] };
  if (marked && /^start\b/u.test(words)) {
    return context.carriedWords ? withCarriedWords(context.carriedWords, context) : menu(context);
  }
  if (insideForm && !marked) return null;
  for (const command of COMMANDS) {
    if (!command.words.includes(words)) continue;
    const result = command.run(context);
    if (result) return result;
  }
  return leaveCommand(words, context);
}
