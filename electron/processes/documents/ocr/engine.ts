import { createWorker, type Worker as Tesseract } from 'tesseract.js';
import type { Worker as Thread } from 'node:worker_threads';
import { AppError } from '../../../core/errors.ts';
import { toPgm, type GrayImage } from '../image/gray.ts';
import { siblingScript } from '../sibling-script.ts';
import { layOut, type OcrResult } from './layout.ts';

/** The first language is tried first on each word; English first reads numbers and codes best. */
export const ocrLanguages = ['eng', 'chi_sim'];
const lstmOnly = 1;

/** The engine's remarks about pictures it dislikes go nowhere. */
const parameters = { debug_file: '/dev/null' };

/** One OCR engine in its own thread. After `stop`, or when its thread ended, it is of no further use. */
export class OcrEngine {
  readonly #worker: Tesseract;
  /** Rejects when the thread ends, whatever the library believes. */
  readonly #ended: Promise<never>;
  alive = true;

  private constructor(worker: Tesseract) {
    this.#worker = worker;
    const { worker: thread } = worker as unknown as { worker: Thread };
    this.#ended = new Promise<never>((_, reject) => {
      const end = () => {
        this.alive = false;
        reject(new AppError('documents/page-ocr-failed', 'Text recognition failed on this page. The other pages were read.'));
      };
      thread.on('error', end);
      thread.on('exit', end);
    });
    this.#ended.catch(() => undefined);
  }

  static async start(): Promise<OcrEngine> {
    const worker = await createWorker([...ocrLanguages], lstmOnly, {
      workerPath: siblingScript(import.meta.url, 'tesseract-thread'),
      // Resolved by the thread's adapter; set so that the library never thinks of its default, a CDN.
      langPath: '.',
      corePath: '.',
      cacheMethod: 'none',
      gzip: true,
      errorHandler: () => undefined,
    });
    await worker.setParameters(parameters);
    return new OcrEngine(worker);
  }

  /** Recognises one picture. Only one at a time. */
  async recognize(image: GrayImage): Promise<OcrResult> {
    try {
      const { data } = await Promise.race([this.#worker.recognize(toPgm(image) as Buffer, {}, { text: false, blocks: true }), this.#ended]);
      return layOut(data.blocks);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(
        'documents/page-ocr-failed',
        'Text recognition failed on this page. The other pages were read.',
        {},
        { cause: error },
      );
    }
  }

  /** Ends the thread at once, also in the middle of a page. */
  async stop(): Promise<void> {
    this.alive = false;
    await this.#worker.terminate();
  }
}
