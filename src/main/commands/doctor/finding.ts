/** What the doctor found in one part; `hint` says what to do about it. */
export interface Finding {
  readonly part: string;
  /** `warning`: the bot runs, but somebody should see to it. */
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  readonly hint: string | null;
}

export const well = (part: string, detail: string): Finding => ({ part, state: 'ok', detail, hint: null });
export const doubtful = (part: string, detail: string, hint: string): Finding => ({
  part,
  state: 'warning',
  detail,
  hint,
});
export const ill = (part: string, detail: string, hint: string): Finding => ({
  part,
  state: 'failed',
  detail,
  hint,
});

/** Longer than the time limits of the clients, so that theirs, which say more, come first. */
const LIMIT_MS = 10_000;

/** The findings of `look`, or that nobody answered in time. `blame` says what a thrown error means. */
export async function within(
  part: string,
  look: () => Promise<readonly Finding[]>,
  blame: (error: unknown) => Finding,
): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Finding[]>((resolve) => {
    const nobody = ill(part, `no answer in ${String(LIMIT_MS / 1_000)} s`, 'is it reachable from here?');
    timer = setTimeout(() => resolve([nobody]), LIMIT_MS);
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return [blame(error)];
  } finally {
    clearTimeout(timer);
  }
}

/** The code of a system's or a server's error, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' ? code : null;
}
