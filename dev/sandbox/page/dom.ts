type Listener = (event: Event) => unknown;
type Props = Readonly<Record<string, string | boolean | Listener>>;
export type Child = Node | string | null;

/** One element: a function listens to the event of that name, a boolean sets or leaves an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, (event) => void value(event));
    else if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export const button = (label: string, onClick: () => unknown, props: Props = {}): HTMLButtonElement =>
  h('button', { type: 'button', click: onClick, ...props }, label);

/** An element of index.html. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

/** Shows a sentence for a few seconds. */
export function notify(text: string): void {
  const note = h('p', {}, text);
  byId('notice').append(note);
  setTimeout(() => note.remove(), 6_000);
}

const WARD = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
const TIME = new Intl.DateTimeFormat('vi', { ...WARD, hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('vi', {
  ...WARD,
  weekday: 'long',
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
});

export const timeOf = (atMs: number): string => TIME.format(atMs);
export const dayOf = (atMs: number): string => DAY.format(atMs);
