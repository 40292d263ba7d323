/** A service cannot be had here; the message is one sentence that says which variable or command helps. */
export class ServicesUnavailable extends Error {
  override readonly name = 'ServicesUnavailable';
}
