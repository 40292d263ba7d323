import { startGateway } from '#dev/services/gateway/server.ts';

/** A database gateway in a process of its own, so that it can be killed: `PORT POSTGRES_PORT`. */

const [port, postgresPort] = process.argv.slice(2).map(Number);
const gateway = await startGateway({ port: port ?? 0, postgresPort: postgresPort ?? 0 });
// Whoever started this is gone.
process.on('disconnect', () => process.exit(0));
process.send?.({ port: gateway.port });
