import type { WaitOptions } from '../core/changes.ts';
import type { Person } from '../core/people.ts';
import type { ChatSummary, ChatView } from '../view/types.ts';
import type { Fault } from '../core/faults.ts';
import type { Router } from '../core/http.ts';
import type { SandboxCore } from '../core/index.ts';
import { ZaloActors } from './actors.ts';
import { messageOfCode } from './errors.ts';
import { gated } from './gate.ts';
import type { ApiRoute } from './gate.ts';
import type { GroupAsset } from './group-store.ts';
import { accessTokenRoute, permissionRoute } from './oauth-routes.ts';
import type { TokenPair } from './oauth-state.ts';
import { chatViewOf, contactOf, groupSummary, privateSummary } from './overview.ts';
import { toSettings } from './options.ts';
import type { ZaloSandboxOptions, ZaloSettings } from './options.ts';
import {
  createGroupWithOa,
  getGroup,
  getGroupsOfOa,
  getOa,
  listMembers,
  quotaOfGroups,
  quotaOfMessages,
  userDetail,
  userList,
} from './read-routes.ts';
import {
  sendConsultation,
  sendTemplate,
  sendToGroup,
  uploadFile,
  uploadGif,
  uploadImage,
} from './send-routes.ts';
import type { GroupRef, PersonRef } from './stage.ts';
import type { ZaloMessage } from './transcript.ts';
import type { Attempt, EmittedEvent, RedeliverOptions, Webhooks } from './webhooks.ts';
import { createWorld } from './world.ts';

export type { Tapped } from './actors.ts';
export type { ZaloGroup } from './group-store.ts';
export type { ZaloButton } from './message.ts';
export type { TokenPair } from './oauth-state.ts';
export type { ZaloSandboxOptions } from './options.ts';
export type { BlockCode, SharedInfo, ZaloPerson } from './person-store.ts';
export { zaloMac } from './signature.ts';
export type { GroupRef, PersonRef, SendOptions } from './stage.ts';
export type { ZaloMessage } from './transcript.ts';
export { RETRY_LADDER_MS } from './webhooks.ts';
export type { Attempt, EmittedEvent, RedeliverOptions, WebhookState } from './webhooks.ts';

/** Every call of the OpenAPI: HTTP method, path, its name in the journal and in fault scripts, its route. */
const ROUTES: readonly (readonly ['GET' | 'POST', string, string, ApiRoute])[] = [
  ['POST', '/v3.0/oa/message/cs', 'message/cs', sendConsultation],
  ['POST', '/v3.0/oa/message/template', 'message/template', sendTemplate],
  ['POST', '/v3.0/oa/group/message', 'group/message', sendToGroup],
  ['POST', '/v2.0/oa/upload/image', 'upload/image', uploadImage],
  ['POST', '/v2.0/oa/upload/gif', 'upload/gif', uploadGif],
  ['POST', '/v2.0/oa/upload/file', 'upload/file', uploadFile],
  ['GET', '/v2.0/oa/getoa', 'getoa', getOa],
  ['GET', '/v3.0/oa/group/getgroupsofoa', 'group/getgroupsofoa', getGroupsOfOa],
  ['GET', '/v3.0/oa/group/getgroup', 'group/getgroup', getGroup],
  ['GET', '/v3.0/oa/group/listmember', 'group/listmember', listMembers],
  ['POST', '/v3.0/oa/group/creategroupwithoa', 'group/creategroupwithoa', createGroupWithOa],
  ['POST', '/v3.0/oa/quota/message', 'quota/message', quotaOfMessages],
  ['POST', '/v2.0/oa/quota/message', 'quota/message', quotaOfMessages],
  ['POST', '/v3.0/oa/quota/group', 'quota/group', quotaOfGroups],
  ['GET', '/v3.0/oa/user/detail', 'user/detail', userDetail],
  ['GET', '/v3.0/oa/user/getlist', 'user/getlist', userList],
];

/**
 * A fake Zalo Official Account: the OpenAPI, OAuth and webhooks on the sandbox's one server, and everybody who writes to
 * it. The API root and the OAuth root are both `apiRoot()`.
 */
export class ZaloSandbox extends ZaloActors {
  constructor(core: SandboxCore, options: ZaloSandboxOptions = {}) {
    super(createWorld(core, toSettings(options)));
  }

  /** Adds the paths to the sandbox's router. */
  register(router: Router): void {
    const { pathPrefix } = this.world.settings;
    // Dots in `/v3.0` are escaped, else `/v3x0` would match too.
    const at = (path: string): string => `${pathPrefix}${path}`.replaceAll('.', '\\.');
    for (const [verb, path, method, route] of ROUTES)
      router.add(verb, at(path), gated(this.world, method, route));
    router.add('POST', at('/v4/oa/access_token'), accessTokenRoute(this.world));
    router.add('GET', at('/v4/oa/permission'), permissionRoute(this.world));
    router.add('GET', this.files.path, this.files.handler);
  }

  /** What the bot takes for both ZALO_API_ROOT and ZALO_OAUTH_ROOT. */
  apiRoot(): string {
    return this.world.core.rootUrl() + this.world.settings.pathPrefix;
  }

  /** App id, secrets and all other settings in force. */
  get settings(): ZaloSettings {
    return this.world.settings;
  }

  /** Resolves with the OA's first message in a chat that the predicate likes, also one already there. */
  async waitFor(
    chat: PersonRef | { readonly group: GroupRef },
    predicate: (message: ZaloMessage) => boolean = () => true,
    options: WaitOptions = {},
  ): Promise<ZaloMessage> {
    const isGroup = typeof chat === 'object' && 'group' in chat;
    const chatId = isGroup ? this.group(chat.group).groupId : this.person(chat).userId;
    return this.world.transcript.waitFor(chatId, predicate, options);
  }

  /** Every message of every chat, oldest first. */
  messages(): readonly ZaloMessage[] {
    return this.world.transcript.all();
  }

  /** How the person stands with the OA, without giving them an account. */
  contactOf(person: Person): ReturnType<typeof contactOf> {
    return contactOf(this.world, person);
  }

  /** Every chat in a line, for a list of chats. */
  summaries(): readonly ChatSummary[] {
    const people = this.world.core.people.all().filter(({ id }) => this.world.people.has(id));
    return [
      ...people.map((person) => privateSummary(this.world, person)),
      ...this.world.groups.all().map((group) => groupSummary(this.world, group)),
    ];
  }

  /** The newest messages of a chat, as a phone would show them. */
  chatView(chatId: string, limit: number): ChatView {
    return chatViewOf(this.world, chatId, limit);
  }

  /** The bytes that the OA sent with a message. */
  uploadOf(messageId: string): Uint8Array | undefined {
    return this.world.transcript.find(messageId)?.upload?.bytes;
  }

  /** A fresh token pair, as copied out of the API Explorer. */
  issueTokens(): TokenPair {
    return this.world.oauth.issuePair(this.world.core.clock.nowMs());
  }

  /** An authorisation code as the consent page gives it; `challenge` as sent there. */
  issueCode(challenge?: string): string {
    return this.world.oauth.issueCode(this.world.core.clock.nowMs(), challenge);
  }

  /** Every access token is "removed" (-220); refreshing still works. */
  revokeAccessTokens(): void {
    this.world.oauth.revokeAccess();
  }

  /** The OA's admin takes the permission away: only new consent helps. */
  revokeGrant(): void {
    this.world.oauth.revokeAll();
  }

  /** Every call is refused with this code (-204 disabled, -224 plan lapsed, …) until `undefined` is set. */
  setOutage(code: number | undefined): void {
    this.world.outage =
      code === undefined ? undefined : { ok: false, error: code, message: messageOfCode(code) };
  }

  /** Arms a refusal by code for matching calls, e.g. `refuseWith(-32, { method: 'message/cs' })`; not processed. */
  refuseWith(code: number, match: Omit<Fault, 'action' | 'platform'> = {}): string {
    const body = { error: code, message: messageOfCode(code) };
    return this.world.core.faults.add({
      ...match,
      platform: 'zalo',
      action: { kind: 'status', status: 200, body },
    });
  }

  /** Buys a group slot with which `creategroupwithoa` can make a group. */
  addGroupAsset(productType: 'gmf10' | 'gmf50' | 'gmf100' | 'gmf1000' = 'gmf100'): GroupAsset {
    return this.world.groups.addAsset(productType);
  }

  /** State, events, `settled()` and raw posts of the webhook. */
  get webhooks(): Webhooks {
    return this.world.webhooks;
  }

  /** Saves the webhook address after the unsigned probe was answered 200. */
  async setWebhook(url: string): Promise<{ readonly saved: boolean; readonly probe: Attempt }> {
    return this.world.webhooks.setUrl(url);
  }

  /** Events that the bot has not taken yet. */
  pendingEvents(): number {
    return this.world.webhooks.pending();
  }

  /** Every event so far, oldest first. */
  events(): readonly EmittedEvent[] {
    return this.world.webhooks.events;
  }

  /** Delivers an event again, several times or with a wrong MAC; outside the retry ladder. */
  async redeliver(eventNumber: number, options: RedeliverOptions = {}): Promise<readonly Attempt[]> {
    return this.world.webhooks.redeliver(eventNumber, options);
  }

  /** Ends deliveries and retries; call it when the server stops. */
  stop(): void {
    this.world.webhooks.stop();
  }
}
