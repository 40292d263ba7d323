import { expect, it } from 'vitest';
import { CASE_ACTIONS } from '#src/domain/case.ts';
import { loadTexts } from '#src/i18n/texts.ts';

it.each(CASE_ACTIONS)('says what was done in a case in words: %s', async (action) => {
  const key = `casework.past.${action}`;
  expect((await loadTexts('vi')).render({ key })).not.toBe(key);
});
