import { exactKey } from './fold.ts';

/** Words that want 113, 114 or 115 before anything else. Decided with tone marks, or on unmistakable phrases without. */
const EMERGENCY =
  /(?<!\p{L})(cháy nhà|đang cháy|cháy rồi|bốc cháy|cháy lớn|nổ (?:bình|gas|lớn)|đuối nước|đánh nhau|bạo hành|tự tử|cấp cứu|sập nhà|bị sập|chay nha|dang chay|duoi nuoc|cap cuu)(?!\p{L})/u;

/** Only a marked "tố cáo" counts: a folded match alone ("to cao" may be a tall neighbour) decides nothing. */
const DENUNCIATION = /(?<!\p{L})(tố cáo|nhận hối lộ|đòi hối lộ|ăn hối lộ|vòi vĩnh|tham ô|biển thủ)(?!\p{L})/u;

export function soundsLikeEmergency(words: string): boolean {
  return EMERGENCY.test(exactKey(words));
}

export function soundsLikeDenunciation(words: string): boolean {
  return DENUNCIATION.test(exactKey(words));
}
