import type { Case } from '../case.ts';
import type { CaseAct, Correction } from './acts.ts';

function placeWords({ place: { text, location } }: Case): string {
  return text ?? (location === null ? '' : `${String(location.latitude)}, ${String(location.longitude)}`);
}

/** What stood there before: an officer may have acted on it. */
function before({ what }: Correction, matter: Case): string {
  switch (what) {
    case 'words':
      return matter.text;
    case 'place':
      return placeWords(matter);
    case 'phone':
      return matter.phone ?? '';
  }
}

/** Why an act was done, or the words that were said. */
export function detailOf(act: CaseAct, matter: Case): string | null {
  switch (act.kind) {
    case 'correct': {
      const detail = before(act.to, matter);
      return detail === '' ? null : detail;
    }
    case 'hand-over':
    case 'route':
    case 'extend':
    case 'complex':
    case 'reopen':
      return act.reason;
    case 'say':
    case 'ask':
    case 'propose':
    case 'reply':
    case 'add':
      return act.words;
    case 'wait-outside':
      return act.body;
    case 'transfer':
      return `${act.to}: ${act.ground}`;
    case 'refuse':
      return act.ground;
    case 'merge':
    case 'follow':
      return act.intoCode;
    case 'rate':
      return act.rating;
    case 'dispute':
      return act.why;
    case 'take':
    case 'accept':
    case 'close':
    case 'withdraw':
      return null;
  }
}
