import type { PlatformName } from '../view/types.ts';
import { act, attempt } from './api.ts';
import { button, byId, h } from './dom.ts';
import { L } from './labels.ts';
import { refresh } from './refresh.ts';
import { type ArmedFault, state } from './state.ts';

const PLATFORM: Readonly<Record<PlatformName, string>> = { telegram: 'Telegram', zalo: 'Zalo' };
const METHODS = [
  'sendMessage',
  'sendPhoto',
  'editMessageText',
  'getUpdates',
  'message/cs',
  'group/message',
  'upload/image',
];

/** What is made anew at each drawing; the rest stays, with what is typed into it. */
let drawn: readonly HTMLElement[] | null = null;

/** The right side: what shall go wrong, what time it is, and what the platforms have recorded. */
export function drawPanel(close: () => void): void {
  const panel = byId('panel');
  panel.hidden = !state.panelOpen;
  if (!state.panelOpen) return;
  setClockField();
  const parts = [faultList(), recordTable()];
  if (drawn && panel.contains(drawn[0] ?? null)) {
    for (const [index, part] of parts.entries()) drawn[index]?.replaceWith(part);
  } else {
    panel.replaceChildren(
      h(
        'header',
        {},
        h('strong', { class: 'grow' }, L.panel),
        button('✕', close, { class: 'icon', 'aria-label': L.back }),
      ),
      h('h2', {}, L.faults),
      ...parts.slice(0, 1),
      form,
      h('h2', {}, L.clock),
      clock,
      h('h2', {}, L.record),
      ...parts.slice(1),
    );
  }
  drawn = parts;
}

const doing = async (name: string, input: object = {}): Promise<void> => {
  await attempt(() => act(name, input));
  await refresh();
};

function faultList(): HTMLElement {
  if (state.faults.length === 0) return h('p', { class: 'faint' }, L.noFaults);
  return h(
    'ul',
    { class: 'faults' },
    ...state.faults.map((each) =>
      h(
        'li',
        {},
        h('span', { class: 'grow' }, wordsOf(each)),
        button('✕', () => doing('faults/remove', { id: each.id }), { 'aria-label': L.cancel }),
      ),
    ),
    h(
      'li',
      {},
      button(L.clearFaults, () => doing('faults/clear'), { class: 'small' }),
    ),
  );
}

function wordsOf({ fault, timesLeft }: ArmedFault): string {
  const what = L.faultKinds[fault.action.kind] ?? fault.action.kind;
  const where = [fault.platform ?? L.both, fault.method, fault.chatId].filter((part) => part !== undefined);
  return `${what} · ${where.join(' · ')} · ×${String(timesLeft)}`;
}

const options = (pairs: readonly (readonly [string, string])[]): readonly HTMLElement[] =>
  pairs.map(([value, label]) => h('option', { value }, label));

function faultForm(): HTMLFormElement {
  const made = h(
    'form',
    { class: 'fault' },
    h('label', {}, L.faultKind, h('select', { name: 'kind' }, ...options(Object.entries(L.faultKinds)))),
    h('label', {}, L.amount, h('input', { name: 'amount', type: 'number', value: '3000', min: '0' })),
    h(
      'label',
      {},
      L.platform,
      h('select', { name: 'platform' }, ...options([['', L.both], ...Object.entries(PLATFORM)])),
    ),
    h('label', {}, L.method, h('input', { name: 'method', list: 'methods', autocomplete: 'off' })),
    h('datalist', { id: 'methods' }, ...METHODS.map((value) => h('option', { value }))),
    h('label', {}, L.times, h('input', { name: 'times', type: 'number', value: '1', min: '1' })),
    h('label', { class: 'row' }, h('input', { name: 'here', type: 'checkbox' }), L.onlyThisChat),
    h('button', { class: 'primary' }, L.addFault),
  );
  const amount = made.querySelector<HTMLInputElement>('[name=amount]');
  made.querySelector('select')?.addEventListener('change', (event) => {
    const { value } = event.target as HTMLSelectElement;
    if (amount) amount.value = { delay: '3000', 'rate-limit': '5', status: '500' }[value] ?? '';
  });
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    void doing('faults/add', faultOf(new FormData(made)));
  });
  return made;
}

function faultOf(data: FormData): object {
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const amount = Number(text('amount'));
  const kind = text('kind');
  const extra = { delay: { ms: amount }, 'rate-limit': { retryAfterS: amount }, status: { status: amount } }[
    kind
  ];
  return {
    action: { kind, ...extra },
    times: Number(text('times')),
    ...(text('platform') === '' ? {} : { platform: text('platform') }),
    ...(text('method') === '' ? {} : { method: text('method') }),
    ...(data.has('here') && state.open ? { platform: state.open.platform, chatId: state.open.id } : {}),
  };
}

const HOUR_MS = 3_600_000;

const clockInput = h('input', { type: 'datetime-local' });

function setClockField(): void {
  const nowMs = state.overview?.nowMs ?? 0;
  // Not while somebody writes into it.
  if (document.activeElement !== clockInput) {
    clockInput.value = new Date(nowMs + 7 * HOUR_MS).toISOString().slice(0, 16);
  }
}

const clock = h(
  'div',
  { class: 'row wrap' },
  button(L.hour, () => doing('clock/advance', { ms: HOUR_MS })),
  button(L.day, () => doing('clock/advance', { ms: 24 * HOUR_MS })),
  clockInput,
  button(L.setClock, () => doing('clock/set', { at: `${clockInput.value}:00+07:00` })),
);

const form = faultForm();

function recordTable(): HTMLElement {
  const cells = (tag: 'td' | 'th', texts: readonly string[]): HTMLElement =>
    h('tr', {}, ...texts.map((text) => h(tag, {}, text)));
  return h(
    'table',
    {},
    cells('th', L.recordHead),
    ...state.record
      .toSorted((a, b) => `${a.platform}${a.kind}`.localeCompare(`${b.platform}${b.kind}`) || b.done - a.done)
      .map(({ platform, kind, method, done, failed, faults }) =>
        cells('td', [
          PLATFORM[platform],
          `${L.recordKinds[kind]} ${method}`,
          ...[done, failed, faults].map((count) => (count === 0 ? '' : String(count))),
        ]),
      ),
  );
}
