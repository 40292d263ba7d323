import { runEntry } from './process.ts';
import { SHUTDOWN_MS } from './runtime.ts';
import { serve } from './serve.ts';

await runEntry((config) => serve(config), SHUTDOWN_MS);
