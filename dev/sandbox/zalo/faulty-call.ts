import { applyFault } from '../core/http.ts';
import type { HttpReply } from '../core/http.ts';
import type { SandboxCore } from '../core/index.ts';
import { asFields } from './json.ts';

/** What a processed call came to, for the journal, and the answer it truly has. */
export interface ProcessedCall {
  readonly reply: HttpReply;
  readonly ok: boolean;
  readonly errorCode: number | undefined;
  readonly messageId?: string | undefined;
  readonly text?: string | undefined;
}

/** The code a fault's own body carries, when it is one of the platform's. */
const codeInBody = (body: unknown): number | undefined => {
  const code = asFields(body)?.['error'];
  return typeof code === 'number' ? code : undefined;
};

/**
 * Runs one call under the fault script and journals it once: as what it truly did if it was processed (whatever the
 * client comes to know of it), else as failed.
 */
export async function callUnderFaults(
  core: SandboxCore,
  method: string,
  chatId: string | undefined,
  call: { readonly process: () => ProcessedCall; readonly rateLimited: () => HttpReply },
): Promise<HttpReply> {
  const fault = core.faults.next('zalo', method, chatId);
  const about = { platform: 'zalo', kind: 'call', method, chatId, fault: fault?.action.kind } as const;
  const done: ProcessedCall[] = [];
  const reply = await applyFault(fault, {
    process: () => {
      const processed = call.process();
      done.push(processed);
      const { ok, errorCode, messageId, text } = processed;
      core.journal.record({ ...about, ok, errorCode, messageId, text });
      return processed.reply;
    },
    rateLimited: call.rateLimited,
  });
  if (done.length === 0) core.journal.record({ ...about, ok: false, errorCode: codeInBody(reply.body) });
  return reply;
}
