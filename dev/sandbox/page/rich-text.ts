import type { Mark } from '../view/types.ts';
import { h } from './dom.ts';

const TAGS: Readonly<Record<string, keyof HTMLElementTagNameMap>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

const ADDRESS = /https?:\/\/[^\s)]*[^\s).,;:!?]/gu;

/** The text with its marks, cut where any of them begins or ends; addresses can be tapped. */
export function richText(
  text: string,
  marks: readonly Mark[],
  follow: (address: string) => void,
): readonly Node[] {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of marks) cuts.add(offset).add(offset + length);
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((start, index) => {
    const end = edges[index + 1] ?? text.length;
    const active = marks.filter(({ offset, length }) => offset <= start && offset + length >= end);
    const piece = text.slice(start, end);
    const link = active.find(({ type }) => type === 'text_link' || type === 'url');
    const inner = link ? [anchor(piece, link.url ?? piece, follow)] : withAddresses(piece, follow);
    return active.reduce<readonly Node[]>((nodes, mark) => wrap(mark, nodes), inner);
  });
}

function wrap({ type }: Mark, nodes: readonly Node[]): readonly Node[] {
  const tag = TAGS[type];
  if (tag) return [h(tag, {}, ...nodes)];
  if (type === 'spoiler' || type === 'mention' || type === 'bot_command')
    return [h('span', { class: type }, ...nodes)];
  return nodes;
}

function withAddresses(text: string, follow: (address: string) => void): readonly Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    nodes.push(new Text(text.slice(at, match.index)), anchor(match[0], match[0], follow));
    at = match.index + match[0].length;
  }
  return [...nodes, new Text(text.slice(at))];
}

function anchor(text: string, address: string, follow: (address: string) => void): Node {
  const onClick = (event: Event): void => {
    event.preventDefault();
    follow(address);
  };
  return h('a', { href: address, rel: 'noopener', click: onClick }, text);
}
