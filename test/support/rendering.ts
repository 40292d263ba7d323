import type { RenderedPart, Rendering } from '#src/domain/run.ts';

/** A rendering of plain words, one part each. */
export const renderingOf = (...texts: readonly string[]): Rendering => ({ parts: texts.map(partOf) });

export const partOf = (text: string): RenderedPart => ({ text, spans: [], photoIds: [], documentId: null });
