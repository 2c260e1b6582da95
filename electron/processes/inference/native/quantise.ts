import { AppError } from '../../../core/errors.ts';
import type { EngineProtocol, QuantiseResult } from '../../../core/inference/engine.protocol.ts';
import { checkModelFile } from '../../../core/models/model-file.ts';
import { textOf } from '../llama.ts';
import type { EngineAddon, EngineError } from './engine-addon.ts';

type Quantise = EngineProtocol['quantise'];

/** Runs the library's own quantiser on a thread of its own. */
export async function quantise(
  addon: EngineAddon,
  { input, output, type, again }: Quantise['params'],
  signal: AbortSignal,
  emit: (event: Quantise['event']) => void,
): Promise<QuantiseResult> {
  await checkModelFile(input);
  signal.throwIfAborted();
  const { promise, cancel } = addon.quantise({ input, output, type, requantise: again }, (finishedTensors, tensors) =>
    emit({ finishedTensors, tensors }),
  );
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await promise;
  } catch (error) {
    signal.throwIfAborted();
    const reason = (error as EngineError).lines?.at(-1) ?? textOf(error);
    throw new AppError('inference/failed', `The model could not be quantised: ${reason}. Nothing was written.`, {}, { cause: error });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
