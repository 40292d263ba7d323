/** A service that can be stopped and started again on the same port, with its data kept. */
export type Service = {
  readonly uri: string;
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

/** A service that somebody else runs (a URI in the environment): it can be used, not stopped. */
export function foreignService(uri: string, variable: string): Service {
  const refuse = (): Promise<void> =>
    Promise.reject(new Error(`${variable} names a server that dev/services did not start and cannot stop`));
  return { uri, stop: refuse, start: refuse };
}

/** Turns "start it on this port and get its stop" into a Service; stopping and starting twice do no harm. */
export async function ownService(
  uri: (port: number) => string,
  launch: (port: number) => Promise<{ port: number; stop: () => Promise<void> }>,
  preferredPort: number,
): Promise<Service> {
  let running: { port: number; stop: () => Promise<void> } | undefined = await launch(preferredPort);
  const { port } = running;
  return {
    uri: uri(port),
    stop: async () => {
      const last = running;
      running = undefined;
      await last?.stop();
    },
    start: async () => {
      running ??= await launch(port);
    },
  };
}
