import { MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { jump, jumpTo, quiet, type Stage } from '../stage.ts';
import type { Actor } from '../telling.ts';

/** The instants at which a report is spoken of, in order: 14, 7, 3, 1 working days before, and twice on the day. */
type Rung = 0 | 1 | 2 | 3 | 4 | 5;

async function rungAt(stage: Stage, dutyId: string, rung: Rung): Promise<number> {
  const duty = await stage.world.runtime.core.store.duties.get(dutyId);
  const atMs = [...new Set(duty?.rungs.map((one) => one.atMs))][rung];
  if (atMs === undefined) throw new Error(`${dutyId} không có bậc nhắc ${String(rung)}`);
  return atMs;
}

/** Hears of a duty, and opens it by its number where it stands in a list with others. */
async function hearOf(who: Actor, title: string): Promise<void> {
  const text = await who.hear(title);
  const line = text.split('\n').find((one) => /^\d+\. /u.test(one) && one.includes(title));
  if (!line) return;
  who.say(line.split('.')[0] ?? '');
  await who.hear(/\n1 (?:Đã xem|Giao người khác) · /u);
}

/** DL-1: the plan itself is due on 19/3; one reminder, done at once. */
export async function planDuty(stage: Stage): Promise<void> {
  const { dung } = stage.cast.staff;
  await jumpTo(stage, '2024-03-18', '07:30', 'DL-1: gửi kế hoạch, hạn 19/3');
  await hearOf(dung, 'Kế hoạch và nội dung triển khai');
  dung.tap('Đã làm xong');
  await dung.hear('văn bản số mấy');
  dung.say('số 12/KH-UBND ngày 15/3');
  await dung.hear('Đã ghi là xong');
}

/** DL-2: from the first reminder over acknowledgements to done, with the number of the report. */
export async function halfYearReport(stage: Stage): Promise<void> {
  const { dung } = stage.cast.staff;
  const title = 'Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng';
  await jump(stage, await rungAt(stage, 'DL-2.2024', 0), 'DL-2: báo cáo 6 tháng, nhắc lần đầu');
  await hearOf(dung, title);
  dung.tap('Đã xem');
  await dung.hear('Đã ghi: anh đã xem');
  await jump(stage, await rungAt(stage, 'DL-2.2024', 1), 'DL-2: nhắc lần hai');
  await hearOf(dung, title);
  dung.say('số 1 ạ');
  await dung.hear('Đã ghi: anh đã xem');
  await jump(stage, await rungAt(stage, 'DL-2.2024', 3), 'DL-2: còn một ngày làm việc');
  await hearOf(dung, title);
  dung.say('3');
  await dung.hear('văn bản số mấy');
  dung.say('số 45/BC-UBND ngày 08/5');
  await dung.hear('45/BC-UBND');
  await jump(
    stage,
    await rungAt(stage, 'DL-2.2024', 5),
    'DL-2: ngày cuối; xong rồi nên không ai bị nhắc nữa',
  );
}

/** KT-3, on Zalo: reminded on the working day before, done on the day. */
async function inspection(stage: Stage, dayBefore: string, day: string, proof: string): Promise<void> {
  const { nga } = stage.cast.staff;
  await jumpTo(stage, dayBefore, '07:15', 'chị Nga mở máy đầu ngày (Zalo: ai nhắn trước mới nhắn lại được)');
  nga.say('việc của tôi');
  await nga.hear('kỷ luật, kỷ cương');
  await jumpTo(stage, dayBefore, '07:30', 'KT-3: kiểm tra kỷ luật, kỷ cương hành chính, nhắc trước một ngày');
  await nga.hear('Chị Nga: Kiểm tra kỷ luật');
  nga.say('1');
  await nga.hear('đã xem');
  await jumpTo(stage, day, '07:30', 'KT-3: hôm nay kiểm tra');
  await nga.hear('Chị Nga: Kiểm tra kỷ luật');
  nga.tap('Đã làm xong');
  await nga.hear('văn bản số mấy');
  nga.say(proof);
  await nga.hear('Đã ghi là xong');
}

/** Two inspections, and a resident in between: longer silence than 90 days would let Zalo's keys die. */
export async function summer(stage: Stage): Promise<void> {
  await inspection(stage, '2024-06-11', '2024-06-12', 'biên bản số 3/BB-BCĐ ngày 12/6');
  const { nam } = stage.cast.residents;
  await jumpTo(stage, '2024-08-28', '09:00', 'ông Năm xem lại việc cũ');
  nam.say('xem việc');
  await nam.hear('đã xong');
  await inspection(stage, '2024-10-15', '2024-10-16', 'biên bản số 7/BB-BCĐ ngày 16/10');
}

/** DL-3: nobody answers, so the head hears of it, and then the chairperson. */
export async function yearReport(stage: Stage): Promise<void> {
  const { dung, lan, chairperson } = stage.cast.staff;
  const title = 'Báo cáo kết quả thực hiện quy chế dân chủ năm';
  await jump(
    stage,
    await rungAt(stage, 'DL-3.2024', 0),
    'DL-3: báo cáo năm, nhắc lần đầu; anh Dũng không trả lời',
  );
  await dung.hear(title);
  const second = await rungAt(stage, 'DL-3.2024', 1);
  await jump(stage, second - 30 * MINUTE_MS, 'chị Lan mở máy đầu ngày');
  lan.say('việc của tôi');
  await lan.hear(/việc/iu);
  await jump(stage, second, 'DL-3: nhắc lần hai; im lặng nên phụ trách cũng được báo');
  await dung.hear(title);
  await lan.hear('chưa trả lời');
  await jump(stage, await rungAt(stage, 'DL-3.2024', 2), 'DL-3: vẫn im lặng; Chủ tịch được báo');
  await dung.hear(title);
  await lan.hear('chưa trả lời');
  await hearOf(chairperson, title);
  chairperson.tap('Tôi sẽ hỏi');
  await chairperson.hear('đã xem');
  await quiet(stage);
}
