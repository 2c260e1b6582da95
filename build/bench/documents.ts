import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from '@napi-rs/canvas';
import type { ReaderProtocol } from '../../electron/core/documents/reader.protocol.ts';
import { WorkerHost } from '../../electron/local/worker-host.ts';
import { samples } from '../samples/content.ts';
import { drawSample, page } from '../samples/draw.ts';
import { statistics } from './statistics.ts';

const pages = 400;
const runs = 5;
const sample = (file: string) => readFileSync(fileURLToPath(new URL(`../../resources/samples/${file}`, import.meta.url)));

/** The text samples, page after page, with embedded fonts. */
function textPages(): Uint8Array {
  const pdf = new PDFDocument({ producer: 'Redoubt' });
  const [first, ...rest] = samples.filter((each) => each.reading === 'text');
  for (let number = 0; number < pages; number++) {
    drawSample(pdf.beginPage(page.width, page.height) as never, (number % 2 === 0 ? first : rest[0])!);
    pdf.endPage();
  }
  return pdf.close();
}

/**
 * The documents process as core uses it: text PDF pages a second (one file, so one thread: a core) from the call to
 * the last page received, and seconds for an OCR page, one after the other.
 */
export async function documentsBench(): Promise<Record<string, unknown>> {
  const worker = new WorkerHost<ReaderProtocol>('documents');
  await worker.start();
  const read = async (name: string, bytes: Uint8Array) => {
    const started = performance.now();
    const { pageCount } = await worker.link.call('read', { bytes, name, ocr: 'auto' });
    return { seconds: (performance.now() - started) / 1000, pageCount };
  };
  try {
    const text = textPages();
    const coldSeconds = (await read('cold.pdf', sample('invoice.pdf'))).seconds;
    const pagesPerSecond: number[] = [];
    const ocrSeconds: number[] = [];
    await read('warm.pdf', text);
    await read('application-scan.pdf', sample('application-scan.pdf'));
    for (let run = 0; run < runs; run++) {
      const { seconds, pageCount } = await read('text.pdf', text);
      pagesPerSecond.push(pageCount / seconds);
      ocrSeconds.push((await read('application-scan.pdf', sample('application-scan.pdf'))).seconds);
    }
    return {
      runs,
      pages,
      firstFileSeconds: coldSeconds,
      textPagesPerSecond: statistics(pagesPerSecond),
      ocrSecondsPerPage: statistics(ocrSeconds),
    };
  } finally {
    await worker.stop();
  }
}
