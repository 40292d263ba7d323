import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TelegramOptions } from '#dev/sandbox/index.ts';
import type { Order, ServerRecord } from './platform-orders.ts';

export type Rules = NonNullable<TelegramOptions['rules']>;

/** The sandbox's Telegram in a process of its own. */
export interface Platform {
  readonly rootUrl: string;
  readonly token: string;
  addGroups(count: number): Promise<readonly number[]>;
  addPeople(count: number): Promise<readonly number[]>;
  cutAnswers(chatIds: readonly number[]): Promise<unknown>;
  say(chatId: number, text: string): Promise<unknown>;
  /** Messages that went out since the record was last forgotten. */
  calls(): Promise<number>;
  record(chatIds: readonly number[]): Promise<ServerRecord>;
  forget(): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startPlatform(rules: Rules): Promise<Platform> {
  const script = fileURLToPath(new URL('./platform-child.ts', import.meta.url));
  const child = fork(script, [JSON.stringify(rules)], { execArgv: [], serialization: 'advanced' });
  const answers = listen(child);
  const { rootUrl, token } = (await answers(0)) as { rootUrl: string; token: string };
  let lastId = 0;
  const tell = (order: Order): Promise<unknown> => {
    lastId += 1;
    const answer = answers(lastId);
    child.send({ id: lastId, order });
    return answer;
  };
  return {
    rootUrl,
    token,
    addGroups: (count) => tell({ kind: 'add-groups', count }) as Promise<readonly number[]>,
    addPeople: (count) => tell({ kind: 'add-people', count }) as Promise<readonly number[]>,
    cutAnswers: (chatIds) => tell({ kind: 'cut-answers', chatIds }),
    say: (chatId, text) => tell({ kind: 'say', chatId, text }),
    calls: () => tell({ kind: 'calls' }) as Promise<number>,
    record: (chatIds) => tell({ kind: 'record', chatIds }) as Promise<ServerRecord>,
    forget: () => tell({ kind: 'forget' }),
    async stop() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function listen(child: ChildProcess): (id: number) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.on('exit', () => {
    for (const one of waiting.values()) one.reject(new Error('the process of the platform ended'));
  });
  return (id) => {
    const one = Promise.withResolvers<unknown>();
    waiting.set(id, one);
    return one.promise;
  };
}
