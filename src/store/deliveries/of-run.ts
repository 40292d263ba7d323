interface KeyRange {
  readonly $gt: string;
  readonly $lt: string;
}

/** Ids that begin so, from behind `afterId`: by the primary key, in order. */
export const beginningWith = (prefix: string, afterId = prefix): KeyRange => ({
  $gt: afterId,
  $lt: `${prefix}\uffff`,
});

/** The rows of a run, from behind `afterId`: their ids begin with its id. */
export function ofRun(runId: string, afterId = ''): { readonly _id: KeyRange; readonly runId: string } {
  const prefix = `${runId}.`;
  return { _id: beginningWith(prefix, afterId === '' ? prefix : afterId), runId };
}
