import type { Destination } from '#src/domain/destination.ts';
import { notifyStaff } from '../send/notify.ts';
import type { App } from '../app.ts';

/** Tells every admin that a group waits, with the two buttons; once an occasion. */
export async function announceGroup(app: App, group: Destination, occasion = 'added'): Promise<void> {
  for (const admin of await app.staff.withRole('admin')) {
    await notifyStaff(app, {
      id: `group.${group.id}.${occasion}.${admin.id}`,
      staff: admin,
      text: { key: 'group.waiting', params: { title: group.title } },
      prompt: {
        id: `group.${group.id}.${occasion}`,
        subject: { kind: 'group', groupId: group.id },
        choices: [
          { number: '1', value: 'confirm', label: app.texts.render({ key: 'group.choice.confirm' }) },
          { number: '2', value: 'later', label: app.texts.render({ key: 'group.choice.later' }) },
        ],
      },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
  }
}
