/** What the lead types after "Lập cuộc kiểm tra" to plan one at the office on 12/6, with the first and the third of the list. */
export const planning = (kind: 'Định kỳ' | 'Đột xuất', day = '12/6'): readonly string[] => [
  'kiểm tra',
  'Lập cuộc kiểm tra',
  'Kiểm tra kỷ luật, kỷ cương hành chính',
  kind,
  'Bộ phận Văn phòng',
  'Tôi chọn ngày',
  day,
  '1, 3',
  '1',
  'Lập cuộc này',
];
