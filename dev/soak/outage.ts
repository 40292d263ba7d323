import { startOwnServices, type ServicePart } from '#dev/world/own-services.ts';
import { runOutage } from './outage-scenario.ts';

/** `node dev/soak/outage.ts`: 20 s without the database, then 20 s without Redis, in figures. */

const services = await startOwnServices();
const parts: readonly ServicePart[] = ['database', 'redis'];
let isWell = true;
for (const part of parts) {
  const figures = await runOutage({ services, part, outageMs: 20_000, people: 10, retryScale: 0.1 });
  isWell &&= figures.unanswered.length === 0 && figures.answeredTwice.length === 0;
  console.log(part, figures);
}
await services.close();
process.exit(isWell ? 0 : 1);
