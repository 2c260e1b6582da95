import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { DocumentPage } from '../../core/contract/documents.ts';
import { AppError } from '../../core/errors.ts';
import { callOver, serveCalls } from '../../core/ipc/calls.ts';
import { denyNetwork } from '../deny-network.ts';
import { chooseFormat } from './choose-format.ts';
import { damaged } from './errors.ts';
import type { OpenDocument, ReadContext } from './format.ts';
import { formats } from './formats.ts';
import type { Limits } from './limits.ts';
import { portChannel } from './port-channel.ts';
import type { OcrProtocol, ThreadProtocol } from './thread.protocol.ts';

/*
 * A reader thread: parses one file at a time. It may hang or run out of memory on hostile bytes; the documents process
 * then ends it and starts another.
 */
if (isMainThread || !parentPort) throw new Error('This module runs as a worker thread of the documents process.');
denyNetwork();
const ocr = callOver<OcrProtocol>(portChannel((workerData as { ocr: MessagePort }).ocr));

serveCalls<ThreadProtocol>(
  portChannel(parentPort),
  {
    async read({ bytes, name, ocr: ocrMode, limits, firstPage, skip, ocrSlots }, { signal, emit }) {
      const document = await open(bytes, name, limits);
      try {
        const { kind, pageCount } = document;
        emit({ type: 'opened', kind, pageCount });
        const context: ReadContext = { name, ocrMode, limits, signal, ocr: (image) => ocr.call('recognize', { image }, { signal }) };
        const waiting: Promise<DocumentPage>[] = [];
        const emitFirst = async () => {
          const page = await waiting.shift();
          if (page) emit({ type: 'page', page });
        };
        for (let number = firstPage; number <= pageCount; number++) {
          if (skip.includes(number)) continue;
          signal.throwIfAborted();
          emit({ type: 'started', number });
          const { page } = await document.readPage(number, context);
          page.catch(() => undefined);
          waiting.push(page);
          while (waiting.length > ocrSlots) await emitFirst();
          if (waiting.length === 1 && (await isSettled(page))) await emitFirst();
        }
        while (waiting.length > 0) await emitFirst();
        return { kind, pageCount };
      } finally {
        await document.close();
      }
    },
    async renderPage({ bytes, name, number, maxSide, lossless = false, limits }) {
      const document = await open(bytes, name, limits);
      try {
        if (number > document.pageCount)
          throw new AppError('documents/no-such-page', `The document has ${document.pageCount} pages; there is no page ${number}.`);
        return await document.renderPage(number, maxSide, lossless).catch((error: unknown) => {
          throw damaged(error);
        });
      } finally {
        await document.close();
      }
    },
  },
  (error, method) => console.error(`bug in ${method} (reader thread):`, error),
);

async function open(bytes: Uint8Array, name: string, limits: Limits): Promise<OpenDocument> {
  return formats[chooseFormat(name, bytes, limits).format].open(bytes, { name, limits });
}

/** True when the promise has settled by the end of the pending microtasks. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const first = await Promise.race([promise.catch(() => undefined), Promise.resolve(pending)]);
  return first !== pending;
}
