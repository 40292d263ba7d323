import { jumpTo, type Stage } from '../stage.ts';
import type { Actor } from '../telling.ts';

/** One resident on each platform turns to the ward; the officer on Zalo answers both. */
export async function reports(stage: Stage): Promise<void> {
  const { tu, nam } = stage.cast.residents;
  const { long } = stage.cast.staff;
  await jumpTo(stage, '2024-03-18', '08:40', 'bà Tư gửi ảnh đèn hỏng qua Telegram');
  tu.open();
  await tu.hear('Kính chào ông/bà');
  tu.sendPhoto();
  await tu.hear('Phường thấy ảnh rồi');
  tu.say('đèn đường hỏng rồi cháu ơi');
  await tu.hear('Bước 1/2');
  tu.say('Tổ 5 Khu 3, đầu ngõ 12');
  await tu.hear('Bước 2/2');
  tu.say('0');
  await tu.hear('xem lại giúp');
  tu.tap('Đồng ý và gửi');
  const light = codeIn(await tu.hear('Phường đã nhận'));
  await answerCase(long, light, 'Tổ điện đã thay bóng đèn sáng nay.');
  await tu.hear(`Việc ${light}: phường trả lời`);
  tu.tap('Hài lòng');
  await tu.hear('xin khép lại');

  await jumpTo(stage, '2024-03-18', '09:30', 'ông Năm chỉ nhắn số qua Zalo');
  nam.open();
  await nam.hear('Kính chào ông/bà');
  nam.say('1');
  await nam.hear('có chuyện gì');
  nam.say('rac chat dong 3 hom nay chua don');
  await nam.hear('Bước 1/2');
  nam.say('ngo 8 khu 5a');
  await nam.hear('Bước 2/2');
  nam.say('0');
  await nam.hear('xem lại giúp');
  nam.say('1');
  const rubbish = codeIn(await nam.hear('Phường đã nhận'));
  await answerCase(long, rubbish, 'Xe rác đã lấy lúc 9 giờ. Từ mai xe qua ngõ 8 lúc 17 giờ.');
  await nam.hear(`Việc ${rubbish}: phường trả lời`);
  nam.say('2');
  await nam.hear('xin khép lại');
}

/** The officer takes the newest case and writes what the resident will read. */
async function answerCase(officer: Actor, code: string, words: string): Promise<void> {
  await officer.hear(`Việc mới ${code}`);
  officer.say('1');
  await officer.hear('đã nhận việc');
  officer.tap('Báo đã xong');
  await officer.hear('Kết quả thế nào?');
  officer.say(words);
  await officer.hear('hoặc nhắn số văn bản');
  officer.say('số 61/BC-UBND');
  await officer.hear('Báo người dân là đã xong?');
  officer.say('1');
  await officer.hear('Đã gửi lời trả lời');
}

function codeIn(words: string): string {
  const code = /Mã (\d+-\d{4})/u.exec(words)?.[1];
  if (code === undefined) throw new Error('lời nhận phản ánh không có mã');
  return code;
}
