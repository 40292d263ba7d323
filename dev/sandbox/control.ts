import { z } from 'zod';
import { type Act, act, registerActs } from './core/control.ts';
import type { MovableClock } from './core/clock.ts';
import type { Fault } from './core/faults.ts';
import type { Router } from './core/http.ts';
import type { SandboxCore } from './core/index.ts';
import { telegramActs } from './telegram/control.ts';
import type { TelegramSandbox } from './telegram/index.ts';
import { viewRoutes } from './view/routes.ts';
import type { ZaloSandbox } from './zalo/index.ts';

export interface Controlled {
  readonly core: SandboxCore;
  readonly telegram: TelegramSandbox;
  readonly zalo: ZaloSandbox;
}

const platform = z.enum(['telegram', 'zalo']);

const faultAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delay'), ms: z.number().nonnegative() }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('cut-before') }),
  z.object({ kind: z.literal('cut-after') }),
  z.object({ kind: z.literal('cut-body') }),
  z.object({ kind: z.literal('status'), status: z.number().int(), body: z.unknown().optional() }),
  z.object({ kind: z.literal('rate-limit'), retryAfterS: z.number().int().positive() }),
  z.object({ kind: z.literal('bad-json') }),
  z.object({ kind: z.literal('bad-json-unprocessed') }),
]);

const faultShape: z.ZodType<Fault> = z.object({
  platform: platform.optional(),
  method: z.string().optional(),
  chatId: z.union([z.string(), z.number()]).optional(),
  skip: z.number().int().nonnegative().optional(),
  times: z.number().int().positive().optional(),
  action: faultAction,
});

const journalShape = z.object({
  afterSeq: z.coerce.number().int().default(0),
  platform: platform.optional(),
  kind: z.enum(['call', 'update', 'ack']).optional(),
  method: z.string().optional(),
  chatId: z.coerce.string().optional(),
});

/** A process that has gone asks nothing any more, and one that lives asks again. */
const LONGEST_ASKED_MS = 20_000;

/** Resolves at the next jump of the clock, or when nobody should be kept waiting any longer. */
const nextMove = (clock: MovableClock): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening();
      resolve();
    };
    const timer = setTimeout(end, LONGEST_ASKED_MS).unref();
    const stopListening = clock.onMove(end);
  });

const coreActs = ({ clock, faults, journal, people }: SandboxCore): Readonly<Record<string, Act>> => {
  const clockNow = (): unknown => ({
    nowMs: clock.nowMs(),
    offsetMs: clock.offsetMs(),
    iso: new Date(clock.nowMs()),
    moves: clock.moves(),
  });
  return {
    people: () => people.all(),
    'people/create': act(z.object({ name: z.string().min(1) }), ({ name }) => people.create(name)),
    clock: clockNow,
    'clock/moved': act(z.object({ since: z.coerce.number().int() }), async ({ since }) => {
      if (clock.moves() === since) await nextMove(clock);
      return clockNow();
    }),
    'clock/advance': act(z.object({ ms: z.coerce.number() }), ({ ms }) => {
      clock.advanceMs(ms);
      return clockNow();
    }),
    'clock/set': act(
      z.object({ at: z.union([z.coerce.number(), z.iso.datetime({ offset: true })]) }),
      ({ at }) => {
        clock.setMs(typeof at === 'number' ? at : Date.parse(at));
        return clockNow();
      },
    ),
    faults: () => faults.list(),
    'faults/add': act(faultShape, (fault) => ({ id: faults.add(fault) })),
    'faults/remove': act(z.object({ id: z.string() }), ({ id }) => ({ removed: faults.remove(id) })),
    'faults/clear': () => {
      faults.clear();
    },
    journal: act(journalShape, ({ afterSeq, ...wanted }) =>
      journal.entries(
        (entry) =>
          entry.seq > afterSeq &&
          Object.entries(wanted).every(
            ([key, value]) => value === undefined || entry[key as keyof typeof entry] === value,
          ),
      ),
    ),
  };
};

const person = z.string();
const group = z.string();
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const sending = z.object({
  person,
  group: group.optional(),
  data: bytes.optional(),
  text: z.string().optional(),
});

const sendOptions = (input: z.infer<typeof sending>): Parameters<ZaloSandbox['sendImage']>[1] => ({
  ...(input.group === undefined ? {} : { in: input.group }),
  ...(input.data === undefined ? {} : { bytes: input.data }),
  ...(input.text === undefined ? {} : { text: input.text }),
});

const zaloSendActs = (zalo: ZaloSandbox): Readonly<Record<string, Act>> => ({
  say: act(
    z.object({ person, group: group.optional(), text: z.string(), quote: z.string().optional() }),
    ({ person: who, group: where, text, quote }) => {
      const options = quote === undefined ? {} : { quote };
      const isGroup = where !== undefined;
      return {
        messageId: isGroup ? zalo.sayInGroup(who, where, text, options) : zalo.say(who, text, options),
      };
    },
  ),
  'send-image': act(sending, (input) => ({ messageId: zalo.sendImage(input.person, sendOptions(input)) })),
  'send-audio': act(sending, (input) => ({ messageId: zalo.sendAudio(input.person, sendOptions(input)) })),
  'send-video': act(sending, (input) => ({ messageId: zalo.sendVideo(input.person, sendOptions(input)) })),
  'send-sticker': act(sending, (input) => ({
    messageId: zalo.sendSticker(input.person, sendOptions(input)),
  })),
  'send-file': act(sending.extend({ name: z.string() }), (input) => ({
    messageId: zalo.sendFile(input.person, input.name, sendOptions(input)),
  })),
  forward: act(z.object({ person, messageId: z.string(), group: group.optional() }), (input) => ({
    messageId: zalo.forward(
      input.person,
      input.messageId,
      input.group === undefined ? {} : { in: input.group },
    ),
  })),
  'submit-info': act(
    z.object({
      person,
      name: z.string(),
      phone: z.string(),
      city: z.string(),
      ward: z.string(),
      address: z.string(),
    }),
    ({ person: who, ...info }) => zalo.submitInfo(who, info),
  ),
  'send-location': act(
    z.object({ person, latitude: z.coerce.number(), longitude: z.coerce.number() }),
    (input) => ({
      messageId: zalo.sendLocation(input.person, input.latitude, input.longitude),
    }),
  ),
  tap: act(z.object({ person, messageId: z.string(), button: z.string() }), (input) =>
    zalo.tap(input.person, input.messageId, input.button),
  ),
});

const zaloActs = (zalo: ZaloSandbox): Readonly<Record<string, Act>> => ({
  ...zaloSendActs(zalo),
  info: () => ({ apiRoot: zalo.apiRoot(), settings: zalo.settings }),
  'issue-tokens': () => zalo.issueTokens(),
  'set-webhook': act(z.object({ url: z.url() }), ({ url }) => zalo.setWebhook(url)),
  follow: act(z.object({ person }), (input) => zalo.follow(input.person)),
  unfollow: act(z.object({ person }), (input) => zalo.unfollow(input.person)),
  block: act(z.object({ person }), (input) => zalo.block(input.person)),
  unblock: act(z.object({ person }), (input) => zalo.unblock(input.person)),
  'create-group': act(z.object({ name: z.string(), members: z.array(person).default([]) }), (input) => ({
    group: zalo.createGroup(input.name, input.members).groupId,
  })),
  'join-group': act(z.object({ person, group }), (input) => zalo.joinGroup(input.person, input.group)),
  'leave-group': act(z.object({ person, group }), (input) => zalo.leaveGroup(input.person, input.group)),
  'remove-oa': act(z.object({ group }), (input) => zalo.removeOa(input.group)),
  account: act(z.object({ person }), (input) => zalo.person(input.person)),
  messages: act(z.object({ chatId: z.string().optional() }), ({ chatId }) =>
    zalo.messages().filter((message) => chatId === undefined || message.chatId === chatId),
  ),
  events: () => zalo.events(),
});

/** The same acts as in process, over HTTP: `GET /control` lists them, each takes JSON and gives JSON. */
export const controlRoutes = (router: Router, { core, telegram, zalo }: Controlled): void => {
  const groups: readonly (readonly [string, Readonly<Record<string, Act>>])[] = [
    ['/control', coreActs(core)],
    ['/control/telegram', telegramActs(telegram, core.people)],
    ['/control/zalo', zaloActs(zalo)],
  ];
  for (const [prefix, acts] of groups) registerActs(router, prefix, acts);
  const names = groups.flatMap(([prefix, acts]) => Object.keys(acts).map((name) => `${prefix}/${name}`));
  registerActs(router, '', { control: () => names });
  viewRoutes(router, { core, telegram, zalo });
};
