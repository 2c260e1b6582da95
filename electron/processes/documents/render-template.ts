import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RenderedTemplate, TemplateInput } from '../../core/reports/templates/template.protocol.ts';
import { siblingScript } from './sibling-script.ts';

/** Milliseconds and MiB of JavaScript heap after which a thread is ended, and characters of values that it is given: far more at once would end the process. */
const hardest = { ms: 10_000, heapMiB: 256, values: 16 * 1024 * 1024 };

/** Renders a template on a thread of its own, which is ended where it takes too long or too much. */
export async function renderTemplateInThread(input: TemplateInput, signal: AbortSignal): Promise<RenderedTemplate> {
  if (input.values.length > hardest.values) return { parts: [], problems: [problem('The report is too large for a template of its own.')] };
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
    if (timeout.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return { parts: [], problems: [problem(stopped)] };
    throw error;
  } finally {
    await worker.terminate();
  }
}

const stopped = 'The template was stopped: it takes too long or too much memory. Use fewer and shorter loops.';

function problem(message: string): RenderedTemplate['problems'][number] {
  return { severity: 'error', code: 'templates/too-much', message, line: null, column: null, name: null };
}
