import type { SandboxCore } from '../core/index.ts';
import type { FileStore } from './files.ts';
import type { Params } from './params.ts';
import type { ApiResult } from './results.ts';
import type { Admission, TelegramRules } from './rules.ts';
import type { UpdateQueue } from './updates.ts';
import type { WebhookSender } from './webhook.ts';
import type { World } from './world.ts';

export interface CallbackAnswer {
  readonly text: string | undefined;
  readonly showAlert: boolean;
  readonly url: string | undefined;
}

/** A tap on a button that the bot may still answer. */
export interface PendingCallback {
  readonly personId: string;
  readonly chatId: number;
  /** Sandbox clock. */
  readonly atMs: number;
  answer: CallbackAnswer | undefined;
}

export interface Command {
  readonly command: string;
  readonly description: string;
}

/** All there is behind one bot token. */
export interface BotState {
  readonly core: SandboxCore;
  readonly rules: TelegramRules;
  readonly world: World;
  readonly files: FileStore;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookSender;
  readonly admission: Admission;
  readonly callbacks: Map<string, PendingCallback>;
  /** By scope and language, as setMyCommands gives them. */
  readonly commands: Map<string, readonly Command[]>;
}

/** `gone` aborts when the caller hangs up. */
export type Method = (state: BotState, params: Params, gone: AbortSignal) => ApiResult | Promise<ApiResult>;
