import { addDays, atLocal, localDateOf, localTimeOf } from './local-time.ts';

const MORNING = '06:30';
const NIGHT = '21:00';

/** The instant itself by day; in the night (21:00 to 06:30) the coming morning: nobody is woken by a reminder or by news of a case. */
export function morningAfterNight(ms: number): number {
  const date = localDateOf(ms);
  const time = localTimeOf(ms);
  if (time < MORNING) return atLocal(date, MORNING);
  return time >= NIGHT ? atLocal(addDays(date, 1), MORNING) : ms;
}
