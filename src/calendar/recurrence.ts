import { RRuleTemporal } from 'rrule-temporal';
import type { Recurrence } from '#src/app/ports/services.ts';

/** RFC 5545 by `rrule-temporal`: kept up, zone-aware, one dependency of types. Throws on a rule that is none. */
export const recurrence: Recurrence = {
  between(rule, fromMs, toMs) {
    return new RRuleTemporal({ rruleString: rule })
      .between(new Date(fromMs), new Date(toMs), true)
      .map((moment) => moment.epochMilliseconds)
      .filter((atMs) => atMs < toMs);
  },
};
