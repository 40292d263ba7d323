import { fold, tidy } from './fold.ts';
import type { Neighbourhood } from '../plan.ts';

const PLACE =
  /\b(to|khu|khu pho|kp|ngo|ngach|hem|kiet|duong|pho|so nha|sn|chung cu|toa|cho|truong|tram y te|nha van hoa|nga ba|nga tu|ben|bai tam|dau ngo|cuoi ngo|cong)\s+[a-z0-9]/u;
const GENERIC =
  /\b(den duong|duong (hong|ngap|xau|lay|bi|nuoc|day)|ngoai duong|ra duong|tren duong|cong (tac|an|nuoc|thoat|bi|hoi|tac))\b/gu;
const MAP_LINK =
  /https?:\/\/(?:maps\.app\.goo\.gl|goo\.gl\/maps|(?:www\.)?google\.[a-z.]+\/maps|maps\.google\.[a-z.]+)\S*/u;

/** A Google Maps link in the words: as good as a place. */
export function findMapLink(words: string): string | null {
  return MAP_LINK.exec(words)?.[0] ?? null;
}

/** True when the words already say where, so that asking again would annoy: "đèn hỏng ở tổ 5 khu 3". */
export function namesPlace(words: string): boolean {
  return findMapLink(words) !== null || PLACE.test(fold(words).replace(GENERIC, ' '));
}

const NEAR =
  /^(?:(?:da|a|u|vang|thua) )?(?:o|tai|canh|gan|truoc|sau|doi dien|ngay|cho|trong|duoi|tren|phia|dau|cuoi|ben|giua|quanh|nha|tu|dia chi|day|do|kia)\b/u;

/** True of an answer to "where?", which may name nothing that is on a map: "gần nhà bà Tư". */
export function soundsLikePlace(words: string): boolean {
  return NEAR.test(fold(words));
}

/** The neighbourhood meant by "Khu 5A", "khu5a", "5a" or an alias; null when none or more than one is meant. */
export function findNeighbourhood(words: string, known: readonly Neighbourhood[]): Neighbourhood | null {
  const key = ` ${fold(words).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const matches = known.filter((one) =>
    [one.name, ...one.aliases].some((name) =>
      key.includes(
        ` ${fold(tidy(name))
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim()} `,
      ),
    ),
  );
  if (matches.length === 1) return matches[0] ?? null;
  const bare = key.trim();
  const byNumber = known.filter((one) => fold(one.name).replace(/^khu( pho)?\s*/u, '') === bare);
  return byNumber.length === 1 ? (byNumber[0] ?? null) : null;
}
