import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMultipart } from '#dev/sandbox/core/multipart.ts';

const encode = async (form: FormData): Promise<{ body: Buffer; type: string }> => {
  const response = new Response(form);
  return {
    body: Buffer.from(await response.arrayBuffer()),
    type: response.headers.get('content-type') ?? '',
  };
};

describe('the multipart reader', () => {
  it('gives back any bytes and any text that a form carried', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.stringMatching(/^[^\r\n]*$/),
        async (bytes, text) => {
          const form = new FormData();
          form.set('text', text);
          form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'ảnh "1".png');
          const { body, type } = await encode(form);
          const parsed = parseMultipart(body, type);
          expect(parsed?.fields).toEqual({ text: text.toWellFormed() });
          expect(parsed?.files.get('file')?.data).toEqual(Buffer.from(bytes));
          expect(parsed?.files.get('file')?.contentType).toBe('image/png');
        },
      ),
    );
  });

  it('refuses a body that is cut, and one of another boundary', async () => {
    const form = new FormData();
    form.set('a', 'b');
    const { body, type } = await encode(form);
    expect(parseMultipart(body.subarray(0, body.length - 10), type)).toBeUndefined();
    expect(parseMultipart(body, 'multipart/form-data; boundary=other')).toBeUndefined();
    expect(parseMultipart(body, 'multipart/form-data')).toBeUndefined();
  });
});
