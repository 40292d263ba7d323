import type { Duty } from '#src/domain/duty.ts';
import type { App } from '../app.ts';

export interface Followed {
  readonly opens: readonly Duty[];
  /** With the revision that they get. */
  readonly closes: readonly Duty[];
}

/** Keeps what follows from how things stand; one that was answered meanwhile is looked at again the next time. */
export async function followDuties(
  { duties, log }: Pick<App, 'duties' | 'log'>,
  { opens, closes }: Followed,
  message: string,
): Promise<void> {
  for (const duty of opens) await duties.open(duty);
  for (const duty of closes) await duties.save(duty, duty.rev - 1);
  if (opens.length + closes.length > 0)
    log.info({ opened: opens.map(({ id }) => id), closed: closes.map(({ id }) => id) }, message);
}
