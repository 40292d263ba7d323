import { button, h } from './dom.ts';
import { L } from './labels.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  /** Values and labels; a field without them is written into. */
  readonly options?: readonly (readonly [string, string])[];
}

/** Asks for some words. Null when the person thought better of it. */
export function ask(
  title: string,
  fields: readonly Field[],
): Promise<Readonly<Record<string, string>> | null> {
  return new Promise((resolve) => {
    const form: HTMLFormElement = h(
      'form',
      { method: 'dialog' },
      h('h2', {}, title),
      ...fields.map(fieldOf),
      h(
        'div',
        { class: 'row end' },
        button(L.cancel, () => dialog.close()),
        h('button', { value: 'ok', class: 'primary' }, L.ok),
      ),
    );
    const dialog: HTMLDialogElement = h('dialog', {}, form);
    dialog.addEventListener('close', () => {
      const values = [...new FormData(form)].map(
        ([name, value]) => [name, typeof value === 'string' ? value : ''] as const,
      );
      resolve(dialog.returnValue === 'ok' ? Object.fromEntries(values) : null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function fieldOf({ name, label, value = '', options }: Field): HTMLElement {
  const input = options
    ? h('select', { name }, ...options.map(([each, shown]) => h('option', { value: each }, shown)))
    : h('input', { name, value, required: true, autocomplete: 'off' });
  return h('label', {}, label, input);
}

/** Picks one of several; null when none. */
export function choose(
  title: string,
  options: readonly (readonly [string, string])[],
): Promise<string | null> {
  return new Promise((resolve) => {
    const dialog: HTMLDialogElement = h(
      'dialog',
      {},
      h('h2', {}, title),
      h(
        'div',
        { class: 'choices' },
        ...options.map(([value, label]) => button(label, () => dialog.close(value))),
      ),
      h(
        'div',
        { class: 'row end' },
        button(L.cancel, () => dialog.close()),
      ),
    );
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === '' ? null : dialog.returnValue);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
