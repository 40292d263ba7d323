import { choiceButtons } from '../text/choices.ts';
import { type FormattedText, plain, sliceFormatted } from '../text/formatted-text.ts';
import { splitFormatted } from '../text/split-text.ts';
import type { OutboundMessage, PromptToOpen } from '../outbound.ts';
import type { RenderedPart, Rendering, RenderingName } from '../run.ts';

/** What a platform takes in one message; `Channel.limits`. */
export interface PartLimits {
  readonly textChars: number;
  readonly captionChars: number;
  readonly documentCaptionChars: number;
  readonly albumPhotos: number;
}

/**
 * A stored message as the calls it takes, in order. Deterministic, so that a message interrupted between two parts goes
 * on at the right one. Photos go first, the document with the words or after them, buttons with the last part; an album
 * takes no buttons, so its words then follow it.
 */
export function messageParts(message: OutboundMessage, limits: PartLimits): readonly OutboundMessage[] {
  const { buttons, callbackId, pages = [] } = message;
  // The platform has its words.
  if (message.caseNews) return [message];
  const hasButtons = buttons !== undefined && buttons.length > 0;
  const parts = contentParts(contentOf(message), limits, hasButtons);
  return [
    ...parts.map((part, index) => ({
      ...toMessage(part),
      ...(index === 0 && callbackId !== undefined ? { callbackId } : {}),
      ...(index === parts.length - 1 && buttons ? { buttons } : {}),
    })),
    ...pages,
  ];
}

/** A day's script: the day's own words with the buttons, the script that was approved, the day's sheets. */
export function scriptParts(
  { text, pages = [] }: OutboundMessage,
  script: Rendering,
  prompt: PromptToOpen | undefined,
  limits: PartLimits,
): readonly OutboundMessage[] {
  const asked: RenderedPart = { ...plain(text), photoIds: [], documentId: null };
  const parts = [asked, ...script.parts.slice(1)];
  return [...renderingParts('loudspeaker', { parts }, prompt, limits), ...pages];
}

/**
 * A run's rendering as calls. To a neighbourhood head or the loudspeaker operator the first part is ours and carries
 * the buttons; what follows is theirs to forward or read, and carries nothing but the post. A preview shows these very calls.
 */
export function renderingParts(
  name: RenderingName,
  rendering: Rendering,
  prompt: PromptToOpen | undefined,
  limits: PartLimits,
): readonly OutboundMessage[] {
  const addressed = name === 'relay' || name === 'loudspeaker';
  const buttons =
    addressed && prompt && prompt.choices.length > 0 ? choiceButtons(prompt.id, prompt.choices) : [];
  return rendering.parts.flatMap((rendered, index) => {
    // A part is within the limits already, unless it was stored when they were others.
    const parts = contentParts(rendered, limits, index === 0 && buttons.length > 0).map(toMessage);
    return parts.map((part, at) =>
      index === 0 && at === parts.length - 1 && buttons.length > 0 ? { ...part, buttons } : part,
    );
  });
}

/**
 * Words, photos and a document as parts within the limits. Words that fit stand under the photos; longer ones begin there and go
 * on in messages of their own.
 */
export function contentParts(
  { text, spans, photoIds, documentId }: RenderedPart,
  limits: PartLimits,
  keepsLastForButtons = false,
): readonly RenderedPart[] {
  const parts: RenderedPart[] = [];
  let rest = splitFormatted({ text, spans }, Number.MAX_SAFE_INTEGER)[0] ?? NOTHING;
  for (let at = 0; at < photoIds.length; at += limits.albumPhotos) {
    const photos = photoIds.slice(at, at + limits.albumPhotos);
    const isAlbumAtTheEnd = photos.length > 1 && keepsLastForButtons && documentId === null;
    const captionChars = isAlbumAtTheEnd ? 0 : at === 0 ? limits.captionChars : 0;
    const [caption, after] = cutFirst(rest, captionChars);
    parts.push({ ...caption, photoIds: photos, documentId: null });
    rest = after;
  }
  const underDocument =
    documentId !== null && photoIds.length === 0 && fits(rest, limits.documentCaptionChars);
  if (!underDocument) {
    const texts = splitFormatted(rest, limits.textChars);
    parts.push(...texts.map((one) => ({ ...one, photoIds: [], documentId: null })));
  }
  if (documentId !== null) {
    parts.push({ ...(underDocument ? rest : NOTHING), photoIds: [], documentId });
  }
  return parts;
}

const fits = ({ text }: FormattedText, limit: number): boolean => text.length <= limit;

const NOTHING = plain('');

/** What fits, and what is left. */
function cutFirst(words: FormattedText, limit: number): readonly [FormattedText, FormattedText] {
  if (limit < 2) return [NOTHING, words];
  const [first = NOTHING] = splitFormatted(words, limit);
  const [rest = NOTHING] = splitFormatted(
    sliceFormatted(words, first.text.length, words.text.length),
    Number.MAX_SAFE_INTEGER,
  );
  return [first, rest];
}

function contentOf(message: OutboundMessage): RenderedPart {
  // Our own sentences are composed; what they carry of people's words may not be. Spans come with NFC text.
  const text = message.text.normalize('NFC');
  return {
    text,
    spans: text === message.text ? (message.spans ?? []) : [],
    photoIds: message.photoIds ?? [],
    documentId: message.documentId ?? null,
  };
}

function toMessage({ text, spans, photoIds, documentId }: RenderedPart): OutboundMessage {
  return {
    text,
    ...(spans.length > 0 ? { spans } : {}),
    ...(photoIds.length > 0 ? { photoIds } : {}),
    ...(documentId === null ? {} : { documentId }),
  };
}
