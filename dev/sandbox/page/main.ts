import { act } from './api.ts';
import { drawChat } from './chat.ts';
import { byId } from './dom.ts';
import { L } from './labels.ts';
import { drawPanel } from './panel.ts';
import { onChange, refresh } from './refresh.ts';
import { drawSide } from './side.ts';
import { readHash, state } from './state.ts';

/** Between two readings, however much happens: a broadcast makes news by the hundred. */
const PAUSE_MS = 150;
const AGAIN_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function togglePanel(): void {
  state.panelOpen = !state.panelOpen;
  void refresh();
}

/** A list that is made anew under a finger loses the tap: it waits until the finger is up. */
let isHeld = false;
let isDue = false;

function draw(): void {
  isDue = isHeld;
  if (isHeld) return;

  document.body.classList.remove('lost');
  // The chat first: what it shows is seen, and the list counts what is not.
  drawChat();
  drawSide(togglePanel);
  drawPanel(togglePanel);
}

/** Waits for news and reads it, as long as the page is open. */
async function watch(): Promise<never> {
  let after = 0;
  for (;;) {
    try {
      await refresh();
      ({ seq: after } = await act<{ seq: number }>('view/changes', { after }));
      await pause(PAUSE_MS);
    } catch {
      document.body.classList.add('lost');
      byId('notice').dataset['lost'] = L.lost;
      // Another run of the sandbox counts from the start again.
      after = 0;
      await pause(AGAIN_MS);
    }
  }
}

window.addEventListener('hashchange', () => {
  readHash();
  state.chat = null;
  state.replyTo = null;
  if (state.overview) draw();
  void refresh();
});
document.addEventListener('visibilitychange', draw);
document.addEventListener('pointerdown', () => (isHeld = true), true);
for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => {
    isHeld = false;
    // After the click, which follows.
    if (isDue) setTimeout(draw);
  });
}
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});
onChange(draw);
readHash();
await watch();
