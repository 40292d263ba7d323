import { MovableClock } from './clock.ts';
import { FaultScript } from './faults.ts';
import { Journal } from './journal.ts';
import { People } from './people.ts';

/** What both platforms share. */
export interface SandboxCore {
  readonly clock: MovableClock;
  readonly journal: Journal;
  readonly faults: FaultScript;
  readonly people: People;
  /** `http://127.0.0.1:<port>`; known once the server listens. */
  readonly rootUrl: () => string;
}

/** A core of its own for each sandbox: nothing is shared between two of them. */
export const createCore = (rootUrl: () => string, clock: MovableClock = new MovableClock()): SandboxCore => ({
  clock,
  journal: new Journal(clock),
  faults: new FaultScript(),
  people: new People(),
  rootUrl,
});
