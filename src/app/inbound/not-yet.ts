/** Thrown by an effect that has done what it can: something is missing that may still come, and nothing depends on it. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
