/** The rows of a run, from behind `afterId`. Their ids begin with its id, so that the primary key finds them, in order. */
export function ofRun(
  runId: string,
  afterId = '',
): { readonly _id: { readonly $gt: string; readonly $lt: string }; readonly runId: string } {
  return { _id: { $gt: afterId === '' ? `${runId}.` : afterId, $lt: `${runId}.\uffff` }, runId };
}
