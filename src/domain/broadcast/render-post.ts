import type { Plan } from '../plan.ts';
import type { Rendering, RenderingName } from '../run.ts';
import { splitText } from '../text/split-text.ts';
import { readingTime, type ReadingTime } from '../text/speech/reading-time.ts';
import type { SpeechWords } from '../text/speech/speech-words.ts';
import { toSpeech, type Speech } from '../text/speech/to-speech.ts';

/** What the platforms take in one message, for the parts that a preview shows. The channels split again by their own. */
const TEXT_LIMITS = { telegram: 4_096, zalo: 2_000 } as const;

/** "Kính thưa ông/bà," as a line of its own: the script opens with one. */
const GREETING = /^kính (?:thưa|gửi)[^\n]{0,80}[,.!:]\s*$/gimu;

export interface PostToRender {
  readonly title: string;
  readonly body: string;
  readonly photoId: string | null;
}

/** Our own sentences around a post, rendered from `locales/` by the caller. */
export interface RenderLabels {
  /** To the neighbourhood head, before the post. */
  readonly relayAsk: string;
  /** To the loudspeaker operator, before the script. */
  readonly loudspeakerAsk: (time: ReadingTime) => string;
  /** How a script read aloud begins and ends. */
  readonly speechOpening: (ward: string) => string;
  readonly speechClosing: (ward: string) => string;
  /** Last line of a written post: who speaks. */
  readonly signature: (ward: string) => string;
  readonly speech: SpeechWords;
}

/** The four forms of one post; the preview shows exactly these. Pure, so that the hash is of what goes out. */
export function renderPost(
  post: PostToRender,
  plan: Plan,
  labels: RenderLabels,
): Readonly<Record<RenderingName, Rendering>> {
  const ward = plan.ward.name;
  const words = titled(post);
  const written = `${words}\n\n${labels.signature(ward)}`;
  const script = speechScript(post, ward, labels).text;
  const { photoId } = post;
  return {
    telegram: { parts: splitText(written, TEXT_LIMITS.telegram), photoId },
    zalo: { parts: splitText(written, TEXT_LIMITS.zalo), photoId },
    relay: { parts: [labels.relayAsk, ...splitText(written, TEXT_LIMITS.zalo)], photoId },
    loudspeaker: {
      parts: [labels.loudspeakerAsk(readingTime(script)), ...splitText(script, TEXT_LIMITS.zalo)],
      photoId: null,
    },
  };
}

function titled(post: Pick<PostToRender, 'title' | 'body'>): string {
  const title = post.title.normalize('NFC').trim();
  const body = post.body.normalize('NFC').trim();
  return title === '' || body.startsWith(title) ? body : `${title}\n\n${body}`;
}

/** What is read aloud: who speaks, the post in words, the thanks; the greeting is said once. */
export function speechScript(
  post: Pick<PostToRender, 'title' | 'body'>,
  ward: string,
  labels: Pick<RenderLabels, 'speech' | 'speechOpening' | 'speechClosing'>,
): Speech {
  const words = titled(post).replace(GREETING, '');
  return toSpeech(
    [labels.speechOpening(ward), words, labels.speechClosing(ward)].join('\n\n'),
    labels.speech,
  );
}
