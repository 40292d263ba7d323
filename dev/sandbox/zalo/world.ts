import type { SandboxCore } from '../core/index.ts';
import { SlidingWindow } from '../core/sliding-window.ts';
import type { ZaloRefusal } from './errors.ts';
import type { EventBase } from './events.ts';
import { GroupStore } from './group-store.ts';
import { createIdSource } from './ids.ts';
import type { IdSource } from './ids.ts';
import { OAuthState } from './oauth-state.ts';
import type { ZaloSettings } from './options.ts';
import { PersonStore } from './person-store.ts';
import { QuotaBook } from './quota.ts';
import { Transcript } from './transcript.ts';
import { UploadStore } from './upload-store.ts';
import { Webhooks } from './webhooks.ts';

const MINUTE_MS = 60_000;

/** Everything one fake Official Account knows; the routes read and change it. */
export interface ZaloWorld {
  readonly core: SandboxCore;
  readonly settings: ZaloSettings;
  readonly ids: IdSource;
  readonly people: PersonStore;
  readonly groups: GroupStore;
  readonly uploads: UploadStore;
  readonly quota: QuotaBook;
  readonly oauth: OAuthState;
  readonly transcript: Transcript;
  readonly webhooks: Webhooks;
  /** The OA's calls, over a strict sliding minute of real time. */
  readonly rate: SlidingWindow;
  /** Set while the OA as a whole is refused, e.g. -204 disabled or -224 plan lapsed. */
  outage: ZaloRefusal | undefined;
}

/** A world with nobody in it. */
export function createWorld(core: SandboxCore, settings: ZaloSettings): ZaloWorld {
  const ids = createIdSource();
  return {
    core,
    settings,
    ids,
    people: new PersonStore(),
    groups: new GroupStore(ids),
    uploads: new UploadStore(ids),
    quota: new QuotaBook(settings),
    oauth: new OAuthState(() => ids.secret()),
    transcript: new Transcript(),
    webhooks: new Webhooks(core.journal, settings),
    rate: new SlidingWindow(settings.ratePerMinute, MINUTE_MS),
    outage: undefined,
  };
}

/** The part of every event that does not depend on what happened. */
export const eventBase = (world: ZaloWorld): EventBase => ({
  appId: world.settings.appId,
  oaId: world.settings.oaId,
  atMs: Math.floor(world.core.clock.nowMs()),
});
