import { exactKey, fold } from './fold.ts';

/** Words that want 113, 114, 115 or 112 before anything else. Decided with tone marks, or on unmistakable phrases without. */
const EMERGENCY = [
  /(?<!\p{L})(cháy nhà|đang cháy|cháy rồi|bốc cháy|cháy lớn|cháy to|cháy quán|cháy xe|hỏa hoạn|hoả hoạn)(?!\p{L})/u,
  /(?<!\p{L})(nổ (?:bình|gas|lớn)|rò (?:rỉ )?gas|xì gas|bị điện giật|sập nhà|sập tường|bị sập|sạt lở|bị vùi)(?!\p{L})/u,
  /(?<!\p{L})(đuối nước|ngạt nước|chết đuối|rơi xuống (?:sông|biển|hồ|giếng)|lũ cuốn)(?!\p{L})/u,
  /(?<!\p{L})(đánh nhau|đâm nhau|chém nhau|cầm dao|bạo hành|bị đánh|cướp giật|bắt cóc|tự tử|nhảy cầu)(?!\p{L})/u,
  /(?<!\p{L})(cấp cứu|bất tỉnh|ngất xỉu|co giật|ngừng thở|đột quỵ|tai nạn giao thông)(?!\p{L})/u,
  /(?<!\p{L})(chay nha|dang chay|duoi nuoc|cap cuu|danh nhau|hoa hoan|sap nha|tai nan giao thong)(?!\p{L})/u,
] as const;

/** Only what is marked counts: a folded match alone ("to cao" may be a tall neighbour) decides nothing. */
const DENUNCIATION = [
  /(?<!\p{L})(tố cáo|tố giác|(?:nhận|đòi|ăn|đưa) hối lộ|vòi vĩnh|vòi tiền|tham ô|tham nhũng|biển thủ|chung chi)(?!\p{L})/u,
  /(?<!\p{L})(ăn chặn|ăn bớt tiền|lót tay|bao che (?:cho )?(?:vi phạm|sai phạm|cán bộ|ông|bà))(?!\p{L})/u,
  /(?<!\p{L})(?:cán bộ|ông|bà|anh|chị)(?: \p{L}+){0,4} nhận (?:tiền|phong bì)(?!\p{L})/u,
] as const;
/** So long that no innocent sentence is spelt like it without its marks. */
const DENUNCIATION_UNMARKED =
  /\b(toi (?:xin |muon )?to cao (?:ong|ba|anh|chi|can bo|chu tich)|don to cao)\b/u;

const COMPLAINT =
  /(?<!\p{L})(khiếu nại|(?:không|ko|k) đồng ý với quyết định|xử phạt (?:sai|oan)|phạt (?:sai|oan)|đền bù (?:thấp|sai|không thỏa đáng)|bồi thường (?:thấp|sai)|(?:hủy|thu hồi|xem lại) quyết định|thu hồi đất sai)(?!\p{L})/u;

/** About a rule or about how paperwork is asked for: NĐ 20/2008. */
const REGULATION =
  /(?<!\p{L})(quy định|thủ tục)(?: \p{L}+){0,6} (?:rườm rà|bất hợp lý|vô lý|phiền hà|không hợp lý|chồng chéo|quá nhiều giấy)(?!\p{L})/u;

const QUESTION = /^(?:dạ |da |ad ơi |a ơi )?(?:(?:cho|xin) (?:\p{L}+ ){0,2}(?:hỏi|hoi)|hỏi|hoi)(?!\p{L})/u;

const PETITION =
  /(?<!\p{L})(kiến nghị|đề nghị|đề xuất|mong phường|nguyện vọng|kien nghi|de nghi phuong)(?!\p{L})/u;

/** What a matter is by law. Nobody is asked for it: people do not know which theirs is. */
export const LEGAL_KINDS = ['report', 'petition', 'regulation', 'question', 'complaint'] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];

/** Which way the law sends the words; `denunciation` and `complaint` want a signed paper before anything is counted. */
export type Triage = LegalKind | 'denunciation';

const anyOf = (patterns: readonly RegExp[], key: string): boolean =>
  patterns.some((pattern) => pattern.test(key));

export function soundsLikeEmergency(words: string): boolean {
  return anyOf(EMERGENCY, exactKey(words));
}

export function soundsLikeDenunciation(words: string): boolean {
  return anyOf(DENUNCIATION, exactKey(words)) || DENUNCIATION_UNMARKED.test(fold(words));
}

export function soundsLikeComplaint(words: string): boolean {
  return COMPLAINT.test(exactKey(words));
}

/** By what was said and not by what it was called; the gravest where several fit. */
export function triage(words: string): Triage {
  const key = exactKey(words);
  if (soundsLikeDenunciation(words)) return 'denunciation';
  if (soundsLikeComplaint(words)) return 'complaint';
  if (REGULATION.test(key)) return 'regulation';
  if (QUESTION.test(key)) return 'question';
  return PETITION.test(key) ? 'petition' : 'report';
}

/** Of a case: words that a person said to be neither denunciation nor complaint are a report. */
export function legalKindOf(words: string): LegalKind {
  const kind = triage(words);
  return kind === 'denunciation' || kind === 'complaint' ? 'report' : kind;
}
