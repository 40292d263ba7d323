import type { Person } from '../core/people.ts';
import { userIdByAppOf, userIdOf } from './ids.ts';

/** The two ways a person shuts an OA out, by the code the OA then sees. */
export type BlockCode = -217 | -244;

/** A Zalo user as the OA sees it. */
export interface ZaloPerson {
  /** The id of the same person in the sandbox, on whatever platform. */
  readonly personId: string;
  readonly userId: string;
  readonly userIdByApp: string;
  readonly name: string;
  follows: boolean;
  blockedAs: BlockCode | undefined;
  /** ms since the epoch by the movable clock; undefined = never. */
  lastInteractionMs: number | undefined;
  /** Free replies since the last interaction. */
  repliesInWindow: number;
  /** What the person gave with `user_submit_info`. */
  shared: SharedInfo | undefined;
}

/** What a person fills into the form of `request_user_info`. */
export interface SharedInfo {
  readonly name: string;
  /** `84…` form. */
  readonly phone: string;
  /** `DD/MM/YYYY`. */
  readonly birthDay?: string;
  readonly gender?: string;
  readonly city: string;
  readonly ward: string;
  readonly address: string;
}

/** The users of one fake OA. */
export class PersonStore {
  readonly #byUserId = new Map<string, ZaloPerson>();
  readonly #byPersonId = new Map<string, ZaloPerson>();

  /** Gives a person a Zalo account that neither follows nor has written; the same account if there is one. */
  enrol(person: Person): ZaloPerson {
    const known = this.#byPersonId.get(person.id);
    if (known !== undefined) return known;
    const account: ZaloPerson = {
      personId: person.id,
      userId: userIdOf(person.number),
      userIdByApp: userIdByAppOf(person.number),
      name: person.name,
      follows: false,
      blockedAs: undefined,
      lastInteractionMs: undefined,
      repliesInWindow: 0,
      shared: undefined,
    };
    this.#byUserId.set(account.userId, account);
    this.#byPersonId.set(person.id, account);
    return account;
  }

  /** By Zalo user id, as the API knows people. */
  find(userId: string): ZaloPerson | undefined {
    return this.#byUserId.get(userId);
  }

  /** By Zalo user id or sandbox person id; an unknown one is a bug of the test and throws. */
  get(id: string): ZaloPerson {
    const person = this.#byUserId.get(id) ?? this.#byPersonId.get(id);
    if (person === undefined) throw new RangeError(`No Zalo person ${id}`);
    return person;
  }

  has(personId: string): boolean {
    return this.#byPersonId.has(personId);
  }

  all(): readonly ZaloPerson[] {
    return [...this.#byUserId.values()];
  }

  /** Opens the 48 h and 7 day windows again: follow, a private message, a tapped button. Group posts do not. */
  interact(person: ZaloPerson, nowMs: number): void {
    person.lastInteractionMs = nowMs;
    person.repliesInWindow = 0;
  }
}
