import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RenderedTemplate, TemplateInput } from '../../core/reports/templates/template.protocol.ts';
import { siblingScript } from './sibling-script.ts';

/** Milliseconds and MiB of JavaScript heap after which a thread is ended. */
const hardest = { ms: 10_000, heapMiB: 128 };

/** Renders a template on a thread of its own, which is ended where it takes too long or too much. */
export async function renderTemplateInThread(input: TemplateInput, signal: AbortSignal): Promise<RenderedTemplate> {
  const worker = new Worker(siblingScript(import.meta.url, 'template-thread'), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: hardest.heapMiB },
  });
  const timeout = AbortSignal.timeout(hardest.ms);
  try {
    const [rendered] = (await once(worker, 'message', { signal: AbortSignal.any([signal, timeout]) })) as [RenderedTemplate];
    return rendered;
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') return { parts: [], problems: [stopped] };
    throw error;
  } finally {
    await worker.terminate();
  }
}

const stopped: RenderedTemplate['problems'][number] = {
  severity: 'error',
  code: 'templates/too-much',
  message: 'The template was stopped: it takes too long or too much memory. Use fewer and shorter loops.',
  line: null,
  column: null,
  name: null,
};
