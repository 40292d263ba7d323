import { describe, expect, it } from 'vitest';
import type { TakenUp } from '#src/domain/conversation/types.ts';
import { EVERYONE } from '#src/domain/run.ts';
import { wordsOf } from '#test/support/conversation.ts';
import { atPreview, choicesOf, draftOf, editor, kinds } from './support.ts';

const taken = (from: TakenUp['from'] = 'returned', body = 'Lời cũ'): TakenUp => ({
  kind: 'taken-up',
  id: 'R-1',
  from,
  comment: 'Thiếu giờ họp',
  draft: {
    topicId: 'TT-01',
    postId: null,
    title: body,
    body,
    photos: [{ kind: 'kept', id: 'photo.1' }],
    audience: EVERYONE,
    sendAtMs: null,
  },
});

describe('a post that its author takes up again', () => {
  it('stands at the preview with what was there, says why it came back, and is handed in in its own place', () => {
    const person = editor();
    const effects = person.send(taken());
    expect(kinds(effects)).toEqual(['say', 'preview-run', 'say']);
    expect(wordsOf(effects)[0]).toContain('“Thiếu giờ họp”');
    expect(draftOf(effects, 'preview-run')).toEqual(taken().draft);
    person.say('2');
    person.say('1');
    const changed = draftOf(person.say('Lời mới'), 'preview-run');
    expect(changed).toMatchObject({ body: 'Lời mới', photos: [{ kind: 'kept', id: 'photo.1' }] });
    expect(person.say('1')).toEqual([{ kind: 'submit-run', draft: changed, takenUp: 'R-1' }]);
  });

  it('is gone on with where something is missing', () => {
    expect(wordsOf(editor().send(taken('draft', '')))[1]).toContain('Chọn bài nào');
    const nowhere = { ...taken('draft'), draft: { ...taken().draft, topicId: '' } };
    expect(wordsOf(editor().send(nowhere))[1]).toContain('Bước 1/3');
  });

  it('stays as it was when it is left with 0', () => {
    const person = editor();
    person.send(taken());
    expect(wordsOf(person.say('0'))[0]).toContain('vẫn như trước');
  });

  it('is not laid aside half changed while it waits approved for its hour', () => {
    for (const from of ['scheduled', 'series'] as const) {
      const person = editor();
      const labels = choicesOf(person.send(taken(from))).map(({ label }) => label);
      expect(labels).not.toContain('Lưu nháp');
      expect(kinds(person.say('để sau'))).not.toContain('save-draft');
    }
  });

  it('does not push out another form: what was begun there is kept as a draft', () => {
    const person = atPreview();
    const begun = person.conversation.flow?.name === 'compose' ? person.conversation.flow.draft : null;
    const effects = person.send(taken());
    expect(effects[0]).toEqual({ kind: 'save-draft', draft: begun });
    expect(draftOf(effects, 'preview-run').body).toBe('Lời cũ');
    expect(wordsOf(person.send(taken()))[0]).toContain('làm dở');
  });
});

describe('a half-finished post', () => {
  it('is laid aside from the preview by its number', () => {
    const person = atPreview('Mời bà con họp.');
    expect(person.say('3')[0]).toMatchObject({ kind: 'save-draft', draft: { body: 'Mời bà con họp.' } });
    expect(person.conversation.flow).toBeNull();
  });

  it('is laid aside by “để sau” or “lưu nháp” at any step once there is something in it', () => {
    for (const words of ['để sau', 'luu nhap', 'Lưu lại']) {
      const person = editor();
      person.say('đăng tin');
      expect(kinds(person.say(words))).toEqual(['say']);
      person.say('Mời bà con khu 3 đi họp tại nhà văn hóa tối thứ Sáu này.');
      expect(kinds(person.say(words))).toEqual(['save-draft']);
      expect(person.conversation.flow).toBeNull();
    }
  });

  it('is kept when its author begins another one over it', () => {
    const person = atPreview('Mời bà con họp.');
    const effects = person.say('/dangtin');
    expect(effects[0]).toMatchObject({ kind: 'save-draft', draft: { body: 'Mời bà con họp.' } });
    expect(wordsOf(effects)[0]).toContain('Bước 1/3');
  });

  it('is found in the editor’s own list, which is nobody else’s', () => {
    expect(editor().say('bài của tôi')).toEqual([{ kind: 'list-posts' }]);
    expect(editor().say('nháp')).toEqual([{ kind: 'list-posts' }]);
  });
});
