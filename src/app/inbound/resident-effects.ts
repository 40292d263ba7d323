import type { ResidentEffect } from '#src/domain/conversation/resident-effects.ts';
import { followCase } from '../cases/follow-case.ts';
import { sendLetter } from '../cases/send-letter.ts';
import { keepLocked } from '../denunciations/keep-locked.ts';
import { listLocked, openLocked } from '../denunciations/read-locked.ts';
import { correctPhone, myData } from '../personal-data/my-data.ts';
import type { HandlersOf } from './handlers.ts';

/** What residents' own steps ask for, beside a case. */
export const RESIDENT_EFFECTS: HandlersOf<ResidentEffect> = {
  'lock-words': () => Promise.reject(new Error('words were committed before they were sealed')),
  'keep-locked': (app, _, effect) => keepLocked(app, effect.lockedId, effect.sealed),
  'forget-locked': (app, _, effect) => app.denunciations.forget(effect.lockedId),
  'list-locked': (app, context) => listLocked(app, context),
  'open-locked': (app, context, effect) => openLocked(app, context, effect.handle),
  'my-data': (app, context, effect) => myData(app, context, effect.action),
  'follow-case': (app, context, effect) => followCase(app, context, effect),
  'correct-phone': (app, context, effect) => correctPhone(app, context, effect.phone),
  'send-letter': (app, context, effect) => sendLetter(app, context, effect.letter),
};
