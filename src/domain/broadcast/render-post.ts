import type { Plan } from '../plan.ts';
import type { RenderedPart, Rendering, RenderingName } from '../run.ts';
import { type FormattedText, joinFormatted, parseMarks, plain } from '../text/formatted-text.ts';
import { readingTime, type ReadingTime } from '../text/speech/reading-time.ts';
import type { SpeechWords } from '../text/speech/speech-words.ts';
import { toSpeech, type Speech } from '../text/speech/to-speech.ts';
import { goesOnZalo, nameOfDocument } from './attachments.ts';
import { contentParts, type PartLimits } from './message-parts.ts';

/** What each platform takes in one message: the same figures as its `Channel.limits`, so that nothing is split again. */
export const PART_LIMITS = {
  telegram: { textChars: 4_096, captionChars: 1_024, documentCaptionChars: 1_024, albumPhotos: 10 },
  zalo: { textChars: 2_000, captionChars: 2_000, documentCaptionChars: 0, albumPhotos: 1 },
  /** Heads and operators are on either platform: what both take. */
  either: { textChars: 2_000, captionChars: 1_024, documentCaptionChars: 0, albumPhotos: 1 },
} as const satisfies Readonly<Record<string, PartLimits>>;

/** "Kính thưa ông/bà," as a line of its own: the script opens with one. */
const GREETING = /^kính (?:thưa|gửi)[^\n]{0,80}[,.!:]\s*$/gimu;

export interface PostToRender {
  readonly title: string;
  /** With marks. */
  readonly body: string;
  readonly photoIds: readonly string[];
  readonly documentId: string | null;
  /** Stands below the words; not read aloud. */
  readonly link?: string | null;
  /** The post as one picture in large letters, for neighbourhood heads to forward. */
  readonly posterId?: string | null;
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
  readonly link: (link: string) => string;
  /** Where a file is that a platform does not take. */
  readonly documentElsewhere: (name: string, ward: string) => string;
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
  const { photoIds, documentId, link = null, posterId = null } = post;
  const below = (...lines: readonly string[]): FormattedText =>
    joinFormatted(
      [words, ...[...lines, labels.signature(ward)].map((line) => plain(line.normalize('NFC')))],
      '\n\n',
    );
  const links = link === null ? [] : [labels.link(link)];
  const whole = { ...below(...links), photoIds, documentId };
  const isElsewhere = documentId !== null && !goesOnZalo(documentId);
  const unformatted = isElsewhere
    ? {
        ...plain(below(...links, labels.documentElsewhere(nameOfDocument(documentId), ward)).text),
        photoIds,
        documentId: null,
      }
    : { ...whole, spans: [] };
  const poster = posterId === null ? [] : [{ ...onlyWords(''), photoIds: [posterId] }];
  const script = speechScript(post, ward, labels).text;
  return {
    telegram: { parts: contentParts(whole, PART_LIMITS.telegram) },
    zalo: { parts: contentParts(unformatted, PART_LIMITS.zalo) },
    relay: {
      parts: [onlyWords(labels.relayAsk), ...contentParts(unformatted, PART_LIMITS.either), ...poster],
    },
    loudspeaker: {
      parts: [
        onlyWords(labels.loudspeakerAsk(readingTime(script))),
        ...contentParts(onlyWords(script), PART_LIMITS.either),
      ],
    },
  };
}

const onlyWords = (text: string): RenderedPart => ({
  ...plain(text.normalize('NFC')),
  photoIds: [],
  documentId: null,
});

/** The title once: a body that begins with it already carries it. */
function titled(post: Pick<PostToRender, 'title' | 'body'>): FormattedText {
  const title = post.title.normalize('NFC').trim();
  const body = parseMarks(post.body.trim());
  if (title === '' || body.text.startsWith(title)) return body;
  return joinFormatted(
    [{ text: title, spans: [{ kind: 'bold', offset: 0, length: title.length }] }, body],
    '\n\n',
  );
}

/** What is read aloud: who speaks, the post in words, the thanks; the greeting is said once. */
export function speechScript(
  post: Pick<PostToRender, 'title' | 'body'>,
  ward: string,
  labels: Pick<RenderLabels, 'speech' | 'speechOpening' | 'speechClosing'>,
): Speech {
  const words = titled(post).text.replace(GREETING, '');
  return toSpeech(
    [labels.speechOpening(ward), words, labels.speechClosing(ward)].join('\n\n'),
    labels.speech,
  );
}
