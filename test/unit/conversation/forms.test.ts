import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declareForm, type Form } from '#src/domain/conversation/forms/form.ts';
import { ageForm, createFormFlow, startForm } from '#src/domain/conversation/forms/form-flow.ts';
import type { FormState } from '#src/domain/conversation/forms/form-state.ts';
import { FORMS } from '#src/domain/conversation/forms/forms.ts';
import { matchInput } from '#src/domain/conversation/match-input.ts';
import type { Effect, OpenPrompt, StepContext, StepResult } from '#src/domain/conversation/types.ts';
import { plan } from '#test/support/conversation.ts';

const sample = declareForm({
  name: 'sample',
  version: 2,
  steps: {
    kind: {
      kind: 'choice',
      options: () => [
        { value: 'open', label: 'Mở' },
        { value: 'shut', label: 'Đóng' },
      ],
    },
    tools: {
      kind: 'choices',
      when: ({ kind }) => kind === 'open',
      options: () => ['Cuốc', 'Xẻng', 'Chổi'].map((label) => ({ value: label, label })),
    },
    day: { kind: 'date', range: 'from-tomorrow' },
    photos: { kind: 'photos', most: 3, optional: true },
    place: { kind: 'place' },
    where: { kind: 'neighbourhood' },
    phone: { kind: 'phone', optional: true },
    agreed: { kind: 'yes-no' },
    words: { kind: 'text', maxLength: 10 },
  },
  isReviewed: true,
  mayFill: () => true,
  finish: (answers, about) => [{ kind: 'show', words: JSON.stringify({ ...answers, ...about }) }],
});

const fitting = declareForm({
  name: 'fitting',
  version: 1,
  steps: {
    day: { kind: 'date', range: 'from-today' },
    size: { kind: 'choice', options: () => ['S', 'L'].map((label) => ({ value: label, label })) },
    colour: {
      kind: 'choice',
      options: (_context, _about, { size }) =>
        (size === 'S' ? ['Đỏ', 'Xanh'] : ['Xanh', 'Vàng']).map((label) => ({ value: label, label })),
    },
  },
  isReviewed: true,
  mayFill: () => true,
  check: ({ size, colour }) => (size === 'L' && colour === 'Đỏ' ? { step: 'colour', key: 'no-red' } : null),
  finish: (answers) => [{ kind: 'show', words: JSON.stringify(answers) }],
});

/** Somebody before one form; texts are their keys. */
class Filler {
  state: FormState | null = null;
  prompts: readonly OpenPrompt[] = [];
  nowMs = Date.UTC(2024, 2, 18, 3, 0);
  readonly #form: Form;
  readonly #flow;

  constructor(form: Form) {
    this.#form = form;
    this.#flow = createFormFlow([form]);
    this.#take(startForm(form, this.#context(), { about: 'it' }));
  }

  say(text: string): string {
    return this.#send({ kind: 'text', text });
  }

  photo(ref: string): string {
    return this.#send({ kind: 'file', file: { kind: 'photo', ref } });
  }

  age(what: 'nudge' | 'erase'): string | null {
    if (!this.state) throw new Error('the form has ended');
    const aged = ageForm([this.#form], this.state, what, this.#context());
    return aged && this.#take(aged);
  }

  get effects(): readonly Effect[] {
    return this.#effects;
  }

  #effects: readonly Effect[] = [];

  #send(content: Parameters<typeof matchInput>[0]): string {
    if (!this.state) throw new Error('the form has ended');
    return this.#take(this.#flow.onInput(this.state, matchInput(content, this.prompts), this.#context()));
  }

  #take({ flow, effects }: StepResult): string {
    this.state = flow?.name === 'form' ? flow : null;
    this.#effects = effects;
    const asked = effects.findLast((effect) => effect.kind === 'say');
    if (asked?.choices)
      this.prompts = [{ id: 'p', subject: { kind: 'flow' }, choices: asked.choices, askedAtMs: 0 }];
    return effects.map((effect) => (effect.kind === 'say' ? JSON.stringify(effect.text) : '')).join('|');
  }

  #context(): StepContext {
    return {
      ...{
        nowMs: this.nowMs,
        eventId: 'e',
        platform: 'telegram',
        senderName: '',
        staff: null,
        plan,
        posts: [],
      },
      ...{ quoted: null, census: null, people: null, locked: null, keepsLocked: true, carriedWords: null },
      likely: () => [],
      text: ({ key }) => (key === 'group.wholeWard' ? 'Cả phường' : key),
    };
  }
}

function filled(): Filler {
  const filler = new Filler(sample);
  for (const words of ['1', '1, 3', 'thứ Sáu', '8', 'đầu ngõ 12', 'khu 3', '0912345678', 'có', 'lời'])
    filler.say(words);
  return filler;
}

const ended = (filler: Filler): unknown => {
  const [effect] = filler.effects;
  return effect?.kind === 'show' ? JSON.parse(effect.words) : null;
};

describe('a declared form', () => {
  it('asks each step in turn, shows what it heard and ends with an answer of each kind', () => {
    const filler = filled();
    expect(filler.state?.step).toBe('$summary');
    filler.say('1');
    expect(filler.state).toBeNull();
    expect(ended(filler)).toEqual({
      ...{ about: 'it', kind: 'open', tools: ['Cuốc', 'Chổi'], day: '2024-03-22', photos: null },
      ...{ place: { text: 'đầu ngõ 12', location: null }, where: 'khu-3', phone: '0912345678' },
      ...{ agreed: true, words: 'lời' },
    });
  });

  it('says at which of how many questions somebody is, and leaves out those that do not apply', () => {
    const filler = new Filler(sample);
    expect(filler.say('Đóng')).toContain('"number":2,"count":8');
    expect(filler.state?.step).toBe('day');
  });

  it('asks again, in other words, for what it cannot read, and keeps what it has', () => {
    const filler = new Filler(sample);
    filler.say('2');
    expect(filler.say('hôm qua')).toContain('form.sample.again.day');
    expect(filler.say('mai')).toContain('form.sample.ask.photos');
  });

  it('takes several choices one after the other, and one back', () => {
    const filler = new Filler(sample);
    filler.say('1');
    for (const words of ['1', '2', '1']) filler.say(words);
    expect(filler.state?.answers['tools']).toEqual(['Xẻng']);
    filler.say('8');
    expect(filler.state?.step).toBe('day');
  });

  it('takes photos until there are enough, and answers a row of them once', () => {
    const filler = new Filler(sample);
    filler.say('2');
    filler.say('mai');
    expect(filler.photo('a')).not.toBe('');
    expect(filler.photo('b')).toBe('');
    filler.photo('c');
    expect(filler.state?.step).toBe('place');
    expect(filler.state?.answers['photos']).toHaveLength(3);
  });

  it('goes back a step, and changes any one answer from the summary without asking the rest again', () => {
    const back = new Filler(sample);
    back.say('2');
    back.say('9');
    expect(back.state?.step).toBe('kind');
    const filler = filled();
    filler.say('2');
    filler.say('form.sample.label.words');
    filler.say('khác');
    expect(filler.state?.step).toBe('$summary');
    expect(filler.state?.answers).toMatchObject({ words: 'khác', day: '2024-03-22' });
  });

  it('goes back as far as somebody likes, and from a change back to the summary as it was', () => {
    const back = new Filler(sample);
    for (const words of ['1', '1, 3', 'mai', '9', '9', '9']) back.say(words);
    expect(back.state?.step).toBe('kind');
    const filler = filled();
    for (const words of ['2', 'form.sample.label.words', '9']) filler.say(words);
    expect(filler.state).toMatchObject({ step: '$summary', answers: { words: 'lời' } });
  });

  it('asks what a changed answer newly calls for', () => {
    const filler = new Filler(sample);
    for (const words of ['2', 'mai', '8', 'đầu ngõ', 'khu 3', '8', 'không', 'lời']) filler.say(words);
    expect(filler.state?.step).toBe('$summary');
    for (const words of ['2', '1', '1']) filler.say(words);
    expect(filler.state?.step).toBe('tools');
  });

  it('counts no answer that another answer made needless', () => {
    const filler = new Filler(sample);
    for (const words of ['1', '1 3', '8', 'mai', '8', 'đầu ngõ', 'khu 3', '8', 'không', 'lời'])
      filler.say(words);
    expect(filler.state).toMatchObject({ step: '$summary', answers: { tools: ['Cuốc', 'Chổi'] } });
    for (const words of ['2', '1', '2', '1']) filler.say(words);
    expect(filler.effects).toEqual([
      { kind: 'show', words: expect.stringContaining('"kind":"shut","tools":null') as string },
    ]);
  });

  it('ends with "0" and does nothing', () => {
    const filler = new Filler(sample);
    expect(filler.say('0')).toContain('form.sample.cancelled');
    expect(filler.state).toBeNull();
  });

  it('keeps the answers that still have a step when it changed meanwhile, and says so', () => {
    const filler = filled();
    if (filler.state)
      filler.state = { ...filler.state, formVersion: 1, answers: { kind: 'shut', gone: 'x' } };
    expect(filler.say('1')).toContain('common.formRenewed');
    expect(filler.state).toMatchObject({ formVersion: 2, step: 'day', answers: { kind: 'shut' } });
  });

  it('is reminded of once when left alone, at the question where it stood, and then gone', () => {
    const filler = new Filler(sample);
    filler.say('2');
    expect(filler.age('nudge')).toMatch(/common.formWaits.*form.sample.ask.day/u);
    expect(filler.age('nudge')).toBeNull();
    filler.age('erase');
    expect(filler.state).toBeNull();
  });

  it('gives a denunciation typed into it the treatment of one', () => {
    const filler = filled();
    filler.say('2');
    filler.say('form.sample.label.words');
    filler.say('tôi tố cáo cán bộ nhận hối lộ');
    expect(filler.state).toBeNull();
    expect(filler.effects.some(({ kind }) => kind === 'lock-words')).toBe(true);
  });
});

describe('a form whose answers hang together', () => {
  it('offers what goes with the answers before', () => {
    const filler = new Filler(fitting);
    for (const words of ['hôm nay', 'L']) filler.say(words);
    expect(filler.say('Đỏ')).toContain('form.fitting.again.colour');
    filler.say('2');
    filler.say('1');
    expect(ended(filler)).toEqual({ day: '2024-03-18', size: 'L', colour: 'Vàng' });
  });

  it('says so when a changed answer does not go with the others, and asks for that alone', () => {
    const filler = new Filler(fitting);
    for (const words of ['mai', 'S', 'Đỏ', '2', 'form.fitting.label.size']) filler.say(words);
    expect(filler.say('L')).toMatch(/no-red.*form.fitting.ask.colour/u);
    filler.say('Xanh');
    expect(filler.state).toMatchObject({ step: '$summary', answers: { day: '2024-03-19', colour: 'Xanh' } });
  });

  it('takes no day that is over', () => {
    expect(new Filler(fitting).say('hôm qua')).toContain('form.fitting.again.day');
  });
});

describe.each(readdirSync('locales'))('the texts of forms in %s', (language) => {
  it('are those of the declared forms, none missing and none over', () => {
    const texts: unknown = JSON.parse(readFileSync(`locales/${language}/form.json`, 'utf8'));
    expect(shapeOf(texts)).toEqual(Object.fromEntries(FORMS.map((form) => [form.name, textsOf(form)])));
  });
});

const shapeOf = (texts: unknown): unknown =>
  typeof texts === 'object' && texts !== null
    ? Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, shapeOf(value)]))
    : true;

function textsOf(form: Form): unknown {
  const steps = Object.fromEntries(Object.keys(form.steps).map((name) => [name, true]));
  const reviewed = form.isReviewed ? { label: steps, summary: true, send: true } : {};
  return { ask: steps, again: steps, cancelled: true, ...reviewed };
}
