/** One going-out of one post: who wrote it, who approved it, when it goes, to whom, what came of it. */
export type RunState =
  'draft' | 'submitted' | 'returned' | 'scheduled' | 'sending' | 'paused' | 'done' | 'cancelled';

/** Four renderings of one post; a preview is exactly what is sent. Each is a list of parts in order. */
export type RenderingName = 'telegram' | 'zalo' | 'relay' | 'loudspeaker';

export interface Rendering {
  readonly parts: readonly string[];
  readonly photoId: string | null;
}

export interface BroadcastRun {
  readonly id: string;
  readonly topicId: string;
  readonly postId: string | null;
  readonly title: string;
  readonly body: string;
  readonly photoId: string | null;
  readonly renderings: Readonly<Record<RenderingName, Rendering>>;
  /** Hash of everything that goes out; an approval is of this hash and any change voids it. */
  readonly contentHash: string;
  readonly authorId: string;
  readonly approverId: string | null;
  readonly approvedHash: string | null;
  readonly returnComment: string | null;
  readonly sendAtMs: number;
  readonly state: RunState;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly rev: number;
}

export interface RunCounts {
  readonly pending: number;
  readonly sending: number;
  readonly sent: number;
  readonly unknown: number;
  readonly gone: number;
  readonly rejected: number;
  readonly cancelled: number;
  /** Self-reported: neighbourhood heads who answered "1", loudspeaker slots read. Counted apart from `sent`. */
  readonly relayed: number;
  readonly readAloud: number;
}
