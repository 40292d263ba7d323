import { once } from 'node:events';
import { mongo } from 'mongoose';
import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { MediaStore } from '#src/app/ports/stores.ts';
import { randomToken, type StoreParts } from './records.ts';
import { isDuplicateKey, retrying } from './retry.ts';

export const MEDIA_BUCKET = 'media';

/**
 * Files in GridFS. Our id is the filename, unique by index: chunks lie under a random key of their own, so that a put that
 * broke off is in nobody's way, and of two puts of one id the second removes what it wrote.
 */
export function mediaStore({ connection }: StoreParts): MediaStore {
  // Each time anew: the connection may have been opened again.
  const bucket = () => new mongo.GridFSBucket(database(connection), { bucketName: MEDIA_BUCKET });

  const find = async (id: string) => (await bucket().find({ filename: id }).limit(1).toArray())[0];

  const upload = async (id: string, file: FetchedFile): Promise<void> => {
    const stream = bucket().openUploadStream(id, {
      metadata: { contentType: file.contentType, write: randomToken() },
    });
    const finished = once(stream, 'finish');
    stream.end(Buffer.from(file.bytes));
    try {
      await finished;
    } catch (error) {
      await removeChunks(connection, stream.id);
      if (!isDuplicateKey(error)) throw error;
    }
  };

  return {
    async put(id, file) {
      await retrying(async () => {
        if ((await find(id)) === undefined) await upload(id, file);
      });
    },

    async get(id) {
      const stored = await find(id);
      if (stored === undefined) return null;
      const parts: Uint8Array[] = [];
      for await (const part of bucket().openDownloadStream(stored._id)) parts.push(part as Uint8Array);
      const contentType: unknown = stored.metadata?.['contentType'];
      return {
        bytes: new Uint8Array(Buffer.concat(parts)),
        contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
      };
    },
  };
}

function database(connection: StoreParts['connection']): mongo.Db {
  if (connection.db === undefined) throw new Error('the connection is not open');
  return connection.db;
}

async function removeChunks(connection: StoreParts['connection'], fileId: mongo.ObjectId): Promise<void> {
  await database(connection).collection(`${MEDIA_BUCKET}.chunks`).deleteMany({ files_id: fileId });
}
