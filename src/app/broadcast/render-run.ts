import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { type PostToRender, renderPost } from '#src/domain/broadcast/render-post.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { parseMarks } from '#src/domain/text/formatted-text.ts';
import type { BroadcastPorts } from './ports.ts';

/** Every form of a post, with the picture for neighbourhood heads in our own store: what is approved is what goes out. */
export async function renderRun(
  ports: Pick<BroadcastPorts, 'texts' | 'sheets' | 'media' | 'hash'>,
  plan: Plan,
  post: PostToRender,
): Promise<BroadcastRun['renderings']> {
  const labels = renderLabels((ref) => ports.texts.render(ref));
  return renderPost({ ...post, posterId: await keepPoster(ports, plan, post) }, plan, labels);
}

/** Drawn once for the same words. */
async function keepPoster(
  ports: Pick<BroadcastPorts, 'texts' | 'sheets' | 'media' | 'hash'>,
  plan: Plan,
  post: PostToRender,
): Promise<string | null> {
  const text = parseMarks(post.body.trim()).text;
  if (text === '') return null;
  const title = post.title.normalize('NFC').trim();
  const ward = ports.texts.render({ key: 'broadcast.signature', params: { ward: plan.ward.name } });
  const poster = { ward, title: text.startsWith(title) ? '' : title, text };
  const id = `poster.${ports.hash(JSON.stringify(poster))}`;
  if (!(await ports.media.get(id)))
    await ports.media.put(id, { bytes: await ports.sheets.drawPoster(poster), contentType: 'image/png' });
  return id;
}
