import { os } from '../rpc/implementer.ts';

export const filesHandlers = {
  beginUpload: os.files.beginUpload.handler(({ input, context }) => ({
    uploadId: context.core.uploads.begin(context.connection.id, input.name, input.size),
  })),
  appendUpload: os.files.appendUpload.handler(({ input, context }) => ({
    received: context.core.uploads.append(context.connection.id, input.uploadId, input.offset, Buffer.from(input.base64, 'base64')),
  })),
  abortUpload: os.files.abortUpload.handler(({ input, context }) => ({
    aborted: context.core.uploads.abort(context.connection.id, input.uploadId),
  })),
};
