import { z } from 'zod';
import { id, query } from './base.ts';

/** Largest chunk of an upload, in bytes before base64. */
export const uploadChunkBytes = 512 * 1024;

/** Bytes on their way from the page to a service. Nothing is stored until another call uses the upload. */
export const filesContract = {
  beginUpload: query('signed-in')
    .input(z.object({ name: z.string().min(1).max(255), size: z.number().int().min(0) }))
    .output(z.object({ uploadId: id })),
  /** Chunks arrive in order; `offset` is where this one starts. Fails with `files/out-of-order`. */
  appendUpload: query('signed-in')
    .input(z.object({ uploadId: id, offset: z.number().int().min(0), base64: z.string() }))
    .output(z.object({ received: z.number().int() })),
  abortUpload: query('signed-in')
    .input(z.object({ uploadId: id }))
    .output(z.object({ aborted: z.boolean() })),
};
