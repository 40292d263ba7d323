const NOT_YET =
  /\b(chua|van (hong|tat|ban|ngap|con|the|vay|nhu cu)|khong (sang|duoc|xong|sua)|lai (hong|tat|ngap)|hong lai)\b/u;
const DONE =
  /\b(da (sang|xong|sua|don|het|duoc|thay|lam)|sang (roi|lai)|xong roi|het (ngap|hoi|on)|duoc roi|on roi|tot roi)\b/u;
/** Longer words are a story, not a verdict. */
const LONGEST = 40;

/** What a resident says of a result in a few folded words: "da sang roi", "van hong"; null when it is neither. */
export function parseVerdict(folded: string): 'done' | 'not-yet' | null {
  if (folded.length > LONGEST) return null;
  if (NOT_YET.test(folded)) return 'not-yet';
  return DONE.test(folded) ? 'done' : null;
}
