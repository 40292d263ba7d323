/** Someone who may be on either platform, or on both. */
export interface Person {
  /** `person-1`, `person-2`, … */
  readonly id: string;
  /** 1, 2, …: each platform makes its own user id from it. */
  readonly number: number;
  readonly name: string;
}

/** The people of the sandbox, shared by both platforms. */
export class People {
  readonly #byId = new Map<string, Person>();

  create(name: string): Person {
    const number = this.#byId.size + 1;
    const person: Person = { id: `person-${number}`, number, name };
    this.#byId.set(person.id, person);
    return person;
  }

  find(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  /** @throws RangeError when there is no such person. */
  get(id: string): Person {
    const person = this.#byId.get(id);
    if (person === undefined) throw new RangeError(`No person ${id}`);
    return person;
  }

  all(): readonly Person[] {
    return [...this.#byId.values()];
  }
}
