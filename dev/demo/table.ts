import { paint, type Teller } from './telling.ts';

/** What is counted, and how the table calls it. */
const ROWS = {
  telegramGroups: 'Nhóm Telegram nhận bài',
  zaloGroups: 'Nhóm Zalo nhận bài',
  twice: 'Nhóm nhận hai lần',
  unknown: 'Nơi chưa rõ, người soạn đã nhìn thấy tin',
  gone: 'Nhóm không gửi được nữa',
  moved: 'Nhóm đổi mã (thành siêu nhóm)',
  heads: 'Tổ trưởng nhận bài để chuyển',
  relayed: 'Tổ trưởng báo đã chuyển',
  loudspeaker: 'Người đọc loa nhận bài',
  readAloud: 'Người đọc loa báo đã đọc',
  residentsIn: 'Tin và lần bấm của người dân',
  residentsOut: 'Tin trả lời người dân',
  cases: 'Phản ánh đã nhận',
  rated: 'Phản ánh đã đánh giá, khép lại',
  reminded: 'Lời nhắc cho người được giao',
  escalated: 'Lời báo lên phụ trách, Chủ tịch',
  windowClosed: 'Tin Zalo không nhận vì người nhận im quá 7 ngày',
  acknowledged: 'Lần xác nhận đã xem',
  done: 'Việc báo xong',
  messages: 'Tất cả tin bot đã gửi',
} as const;

export type Counts = Readonly<Record<keyof typeof ROWS, number>>;

const NAME_WIDTH = Math.max(...Object.values(ROWS).map((name) => name.length)) + 2;
const NUMBER_WIDTH = 12;

/** Prints both columns; true when every row agrees. */
export function showTable(tell: Teller, recorded: Counts, observed: Counts): boolean {
  tell.title('Đối chiếu: sổ của bot và những gì hai nền tảng giả lập ghi được');
  const line = (name: string, ours: string, theirs: string, mark: string): void => {
    tell.line(
      `  ${name.padEnd(NAME_WIDTH)}${ours.padStart(NUMBER_WIDTH)}${theirs.padStart(NUMBER_WIDTH)}   ${mark}`,
    );
  };
  line('', 'sổ của bot', 'nền tảng', '');
  const differing: string[] = [];
  for (const [key, name] of Object.entries(ROWS) as [keyof typeof ROWS, string][]) {
    const isEqual = recorded[key] === observed[key];
    if (!isEqual) differing.push(`${name}: ${String(recorded[key])} và ${String(observed[key])}`);
    line(
      name,
      String(recorded[key]),
      String(observed[key]),
      isEqual ? paint('khớp', 'green') : paint('LỆCH', 'red'),
    );
  }
  tell.line('');
  tell.line(
    differing.length === 0
      ? paint('  Mọi dòng đều khớp.', 'green')
      : paint(`  ${String(differing.length)} dòng lệch: ${differing.join(' · ')}`, 'red'),
  );
  return differing.length === 0;
}
