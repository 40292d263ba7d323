import { choiceButtons } from '../text/choices.ts';
import { splitText } from '../text/split-text.ts';
import type { OutboundMessage, PromptToOpen } from '../outbound.ts';
import type { Rendering, RenderingName } from '../run.ts';

export interface PartLimits {
  readonly textChars: number;
  readonly captionChars: number;
}

/**
 * A stored message as the calls it takes, in order. Deterministic, so that a message interrupted between two parts goes
 * on at the right one. The photo or document goes with the first part, buttons with the last.
 */
export function messageParts(message: OutboundMessage, limits: PartLimits): readonly OutboundMessage[] {
  const { text, buttons, photoId, documentId, callbackId } = message;
  const file = {
    ...(photoId === undefined ? {} : { photoId }),
    ...(documentId === undefined ? {} : { documentId }),
  };
  const parts = textParts(text, limits, file);
  return parts.map((part, index) => ({
    ...part,
    ...(index === 0 && callbackId !== undefined ? { callbackId } : {}),
    ...(index === parts.length - 1 && buttons ? { buttons } : {}),
  }));
}

/**
 * A run's rendering as calls. To a neighbourhood head or the loudspeaker operator the first part is ours and carries
 * the buttons; what follows is theirs to forward or read, and carries nothing but the words and the photo.
 */
export function renderingParts(
  name: RenderingName,
  rendering: Rendering,
  prompt: PromptToOpen | undefined,
  limits: PartLimits,
): readonly OutboundMessage[] {
  const addressed = name === 'relay' || name === 'loudspeaker';
  const photoAt = addressed ? Math.min(1, rendering.parts.length - 1) : 0;
  const buttons = prompt && prompt.choices.length > 0 ? choiceButtons(prompt.id, prompt.choices) : [];
  return rendering.parts.flatMap((text, index) => {
    const file =
      index === photoAt && name !== 'loudspeaker' && rendering.photoId !== null
        ? { photoId: rendering.photoId }
        : {};
    const parts = textParts(text, limits, file);
    return parts.map((part, at) =>
      index === 0 && at === parts.length - 1 && buttons.length > 0 ? { ...part, buttons } : part,
    );
  });
}

type FileRef = Pick<OutboundMessage, 'photoId' | 'documentId'>;

/** A text too long for a caption starts in the caption and goes on in messages of its own. */
function textParts(text: string, limits: PartLimits, file: FileRef): readonly OutboundMessage[] {
  const hasFile = file.photoId !== undefined || file.documentId !== undefined;
  if (!hasFile) return splitText(text, limits.textChars).map((words) => ({ text: words }));
  const caption = limits.captionChars >= 2 ? (splitText(text, limits.captionChars)[0] ?? '') : '';
  const rest = text.normalize('NFC').trim().slice(caption.length);
  return [{ text: caption, ...file }, ...splitText(rest, limits.textChars).map((words) => ({ text: words }))];
}
