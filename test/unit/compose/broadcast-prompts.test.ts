import { describe, expect, it } from 'vitest';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { PromptSubject } from '#src/domain/outbound.ts';
import type { Role } from '#src/domain/staff.ts';
import { Person, wordsOf } from '#test/support/conversation.ts';

/** A private chat in which a question with these values, numbered from 1, stands open. */
function asked(subject: PromptSubject, values: readonly string[], ...roles: readonly Role[]): Person {
  const person = new Person(
    roles.length === 0
      ? {}
      : {
          staff: {
            id: 'dung',
            name: 'Dũng',
            address: 'anh',
            roles,
            unitId: 'office',
            neighbourhood: null,
            contacts: [],
            active: true,
          },
        },
  );
  const choices = values.map((value, index) => ({
    number: String(index + 1),
    value,
    label: `nhãn ${value}`,
  }));
  const prompt = { id: 'question', subject, choices, askedAtMs: person.nowMs };
  person.conversation = { ...person.conversation, prompts: [prompt] };
  return person;
}

const APPROVAL = { kind: 'approval', runId: 'r1', contentHash: 'h1' } as const;
const approvalAsked = (...roles: readonly Role[]): Person => asked(APPROVAL, ['approve', 'return'], ...roles);
const approves: Effect = { kind: 'approve-run', runId: 'r1', contentHash: 'h1' };

describe('an approver', () => {
  it('approves with "1", "ok" or the label', () => {
    for (const words of ['1', 'ok', 'nhãn approve']) {
      expect(approvalAsked('approver').say(words)).toEqual([approves]);
    }
  });

  it('returns a post with their own words', () => {
    const person = approvalAsked('approver');
    expect(wordsOf(person.say('2'))[0]).toContain('muốn người soạn sửa gì');
    expect(wordsOf(person.voice())[0]).toContain('bằng chữ');
    expect(person.say('Bài dài quá, xin bớt đoạn 2')).toEqual([
      { kind: 'return-run', runId: 'r1', comment: 'Bài dài quá, xin bớt đoạn 2' },
    ]);
    expect(person.conversation.flow).toBeNull();
  });

  it('who thinks better of returning it can still approve it', () => {
    for (const words of ['0', '9']) {
      const person = approvalAsked('approver');
      person.say('2');
      expect(wordsOf(person.say(words))[0]).toContain('vẫn chờ duyệt');
      expect(person.conversation.flow).toBeNull();
      expect(person.say('1')).toEqual([approves]);
    }
  });

  it('is the only one who can: without the role nothing happens but a kind word', () => {
    for (const number of ['1', '2']) {
      for (const person of [approvalAsked(), approvalAsked('editor', 'admin')]) {
        expect(wordsOf(person.say(number))[0]).toContain('người có phận sự');
        expect(person.conversation.flow).toBeNull();
      }
    }
  });
});

describe('answers to what the broadcasts ask', () => {
  it('come to their effects, each value to its own', () => {
    const relay = { kind: 'relay', deliveryId: 'd1' } as const;
    expect(asked(relay, ['done']).say('1')).toEqual([{ kind: 'mark-relayed', deliveryId: 'd1' }]);
    const loudspeaker = { kind: 'loudspeaker', deliveryId: 'd2' } as const;
    expect(asked(loudspeaker, ['read']).say('xong')).toEqual([{ kind: 'mark-read-aloud', deliveryId: 'd2' }]);
    expect(wordsOf(asked(loudspeaker, ['read', 'not-read']).say('2'))[0]).toContain('Còn ngày đọc');
    const scripts = { kind: 'scripts', runId: 'r1' } as const;
    expect(asked(scripts, ['d9'], 'editor').say('1')).toEqual([
      { kind: 'mark-read-aloud', deliveryId: 'd9' },
    ]);
    expect(asked({ kind: 'run', runId: 'r1' }, ['scripts'], 'editor').say('1')).toEqual([
      { kind: 'list-scripts', runId: 'r1' },
    ]);
    const unknown = { kind: 'unknown-delivery', deliveryId: 'd3' } as const;
    const values = ['seen', 'resend'];
    expect(asked(unknown, values, 'editor').say('1')).toEqual([
      { kind: 'settle-unknown', deliveryId: 'd3', seen: true },
    ]);
    expect(asked(unknown, values, 'editor').say('2')).toEqual([
      { kind: 'settle-unknown', deliveryId: 'd3', seen: false },
    ]);
    const run = { kind: 'run', runId: 'r1' } as const;
    expect(asked(run, ['cancel'], 'approver').say('1')).toEqual([{ kind: 'cancel-run', runId: 'r1' }]);
  });

  it('of somebody who is no longer in charge stop nothing and settle nothing', () => {
    const run = asked({ kind: 'run', runId: 'r1' }, ['cancel']);
    expect(wordsOf(run.say('1'))[0]).toContain('người có phận sự');
    const unknown = asked({ kind: 'unknown-delivery', deliveryId: 'd3' }, ['seen', 'resend'], 'handler');
    expect(wordsOf(unknown.say('2'))[0]).toContain('người có phận sự');
  });

  it('of a kind that nobody put come to no effect of a broadcast', () => {
    const effects = asked(APPROVAL, ['elsewhere'], 'approver').say('1');
    expect(effects.some((effect) => effect.kind === 'approve-run' || effect.kind === 'return-run')).toBe(
      false,
    );
  });
});

describe('a photo while a script waits for its "Đã đọc"', () => {
  const subject = { kind: 'loudspeaker', deliveryId: 'd2' } as const;
  const photo = (albumId?: string) => ({
    kind: 'file' as const,
    file: { kind: 'photo' as const, ref: 'file-1' },
    ...(albumId === undefined ? {} : { albumId }),
  });
  const kept = { kind: 'mark-read-aloud', deliveryId: 'd2', logbook: photo().file };

  it('is the page of the logbook, and answers the question', () => {
    const operator = asked(subject, ['read'], 'loudspeaker-operator');
    expect(operator.send(photo())).toEqual([kept]);
    expect(operator.conversation.prompts).toEqual([]);
  });

  it('leaves the question open for the other photos of an album', () => {
    const operator = asked(subject, ['read'], 'loudspeaker-operator');
    expect(operator.send(photo('album'))).toEqual([kept]);
    expect(operator.send(photo('album'))).toEqual([kept]);
  });

  it('is a report like any other two days later, and for who is no staff', () => {
    const late = asked(subject, ['read'], 'loudspeaker-operator');
    late.nowMs += 48 * 3_600_000;
    for (const person of [late, asked(subject, ['read'])]) {
      expect(person.send(photo())).not.toContainEqual(kept);
      expect(person.conversation.flow?.name).toBe('report');
    }
  });
});
