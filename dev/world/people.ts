import type { Sandbox } from '#dev/sandbox/index.ts';
import type { Platform } from '#src/domain/inbound.ts';

/** Somebody with a phone, in the private chat with the ward's bot, on either platform. */
export interface Someone {
  readonly name: string;
  readonly platform: Platform;
  /** As the platform names the private chat. */
  readonly chatId: string;
  /** Opens the chat; on Telegram with the payload of a link. */
  open(payload?: string): void;
  say(words: string): void;
  sendPhoto(): void;
  sendVoice(): void;
  sendFile(name: string): void;
  /**
   * Presses a button of the newest message of the bot that has it and holds the words `under`, if told; where there are
   * none, types the label.
   */
  tap(label: string, under?: string): void;
  /** The next message of the bot, after the last one heard, that holds the words; whatever stands between is passed over. */
  hear(words: string | RegExp, timeoutMs?: number): Promise<string>;
  /** All that the bot wrote here, oldest first. */
  heard(): readonly string[];
}

const HEAR_TIMEOUT_MS = 20_000;

const holds = (text: string, words: string | RegExp): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

/** 1 by 1 pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export function someoneOnTelegram({ telegram }: Sandbox, name: string): Someone {
  const person = telegram.createPerson(name);
  const id = telegram.userId(person);
  let cursor = 0;
  let opened = false;
  const open = (payload = ''): void => {
    opened = true;
    telegram.openPrivate(person, payload);
  };
  const fromBot = () => (opened ? telegram.messages(id).filter((message) => message.fromBot) : []);
  return {
    name,
    platform: 'telegram',
    chatId: String(id),
    open,
    say(words) {
      if (!opened) open();
      telegram.say(person, id, words);
    },
    sendPhoto() {
      if (!opened) open();
      void telegram.sendPhoto(person, id, { data: PIXEL });
    },
    sendVoice() {
      if (!opened) open();
      void telegram.sendVoice(person, id, { data: Buffer.from('voice') });
    },
    sendFile(name) {
      if (!opened) open();
      void telegram.sendDocument(person, id, { data: Buffer.from('%PDF-1.4'), fileName: name });
    },
    tap(label, under = '') {
      const message = fromBot().findLast(
        (one) => one.text.includes(under) && one.buttons.flat().some((button) => button.text === label),
      );
      if (!message) throw new Error(`${name} sees no button "${label}"`);
      telegram.tap(person, id, message.messageId, label);
    },
    async hear(words, timeoutMs = HEAR_TIMEOUT_MS) {
      const message = await telegram
        .waitFor(id, (one) => one.fromBot && one.messageId > cursor && holds(one.text, words), { timeoutMs })
        .catch(() => {
          throw new Error(
            `${name} did not hear ${String(words)}; last heard: ${fromBot().at(-1)?.text ?? 'nothing'}`,
          );
        });
      cursor = message.messageId;
      return message.text;
    },
    heard: () => fromBot().map((message) => message.text),
  };
}

export function someoneOnZalo({ zalo }: Sandbox, name: string): Someone {
  const person = zalo.createPerson(name);
  let cursor = 0;
  const fromOa = () => zalo.messagesTo(person);
  return {
    name,
    platform: 'zalo',
    chatId: person.userId,
    open: () => zalo.follow(person),
    say: (words) => void zalo.say(person, words),
    sendPhoto: () => void zalo.sendImage(person, { bytes: PIXEL }),
    sendFile: (name) => void zalo.sendFile(person, name),
    sendVoice: () => void zalo.sendAudio(person, { bytes: Buffer.from('voice') }),
    tap(label, under = '') {
      const message = fromOa().findLast(
        (one) => (one.text ?? '').includes(under) && one.buttons.some((button) => button.title === label),
      );
      if (message) zalo.tap(person, message.messageId, label);
      else zalo.say(person, label);
    },
    async hear(words, timeoutMs = HEAR_TIMEOUT_MS) {
      const message = await zalo
        .waitFor(person, (one) => fromOa().indexOf(one) >= cursor && holds(one.text ?? '', words), {
          timeoutMs,
        })
        .catch(() => {
          throw new Error(
            `${name} did not hear ${String(words)}; last heard: ${fromOa().at(-1)?.text ?? 'nothing'}`,
          );
        });
      cursor = fromOa().indexOf(message) + 1;
      return message.text ?? '';
    },
    heard: () => fromOa().map((message) => message.text ?? ''),
  };
}
