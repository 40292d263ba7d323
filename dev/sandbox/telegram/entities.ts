import type { WireEntity } from './wire.ts';

/** Type, pattern, and what each match holds: few texts hold any, and looking for that is cheap. */
const patterns: readonly (readonly [string, RegExp, string])[] = [
  ['bot_command', /(?<=^|\s)\/[a-zA-Z0-9_]{1,32}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])/g, '/'],
  ['mention', /(?<=^|[^\w])@[a-zA-Z0-9_]{4,32}\b/g, '@'],
  ['hashtag', /(?<=^|\s)#[\p{L}\p{N}_]+/gu, '#'],
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g, '://'],
];

/** What the platform finds by itself in a text: commands, mentions, hashtags, links. */
const detectEntities = (text: string): WireEntity[] =>
  patterns
    .filter(([, , mark]) => text.includes(mark))
    .flatMap(([type, pattern]) =>
      [...text.matchAll(pattern)].map((match) => ({ type, offset: match.index, length: match[0].length })),
    )
    .sort((one, other) => one.offset - other.offset);

/** Those that were given, and those found outside of them. */
export const withDetected = (text: string, given: readonly WireEntity[]): WireEntity[] => {
  const apart = (found: WireEntity): boolean =>
    given.every(
      (entity) =>
        found.offset + found.length <= entity.offset || entity.offset + entity.length <= found.offset,
    );
  return [...given, ...detectEntities(text).filter(apart)].sort((one, other) => one.offset - other.offset);
};

/** Drops the blanks around a text, as the platform does, and moves the entities along. */
export const trimText = (
  text: string,
  entities: readonly WireEntity[],
): { text: string; entities: WireEntity[] } => {
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const moved = entities.flatMap((entity) => {
    const start = Math.max(0, entity.offset - lead);
    const end = Math.min(trimmed.length, entity.offset + entity.length - lead);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return { text: trimmed, entities: moved };
};
