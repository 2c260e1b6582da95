import { getLlama, getLlamaGpuTypes, LlamaLogLevel, type Llama, type LlamaGpuType } from 'node-llama-cpp';
import { AppError } from '../../core/errors.ts';

export type OpenLlama = {
  readonly llama: Llama;
  /** `cpu`, `cuda`, `vulkan` or `metal`. */
  readonly gpu: string;
  /** Names of the devices, none on `cpu`. */
  readonly gpus: readonly string[];
  /** What was tried before and why it was not taken. */
  readonly failures: readonly string[];
  readonly threads: number;
};

const keptReasons = 5;
const reasons: string[] = [];

/**
 * Opens llama.cpp on the best device that works: every type the machine supports, then the processor. Only the shipped
 * binaries are used, nothing is built or fetched. Threads are set to the physical cores, because the library's default
 * (at least four) is far slower on small machines.
 */
export async function openLlama(): Promise<OpenLlama> {
  const failures: string[] = [];
  const types = await getLlamaGpuTypes('supported').catch((error: unknown) => {
    failures.push(`looking for GPUs: ${textOf(error)}`);
    return [] as LlamaGpuType[];
  });
  for (const type of [...types.filter((type) => type !== false), false] as const) {
    try {
      const llama = await getLlama({
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        gpu: type,
        maxThreads: 1,
        logLevel: LlamaLogLevel.warn,
        logger: keepReason,
      });
      const threads = Math.max(1, llama.cpuMathCores);
      llama.maxThreads = threads;
      return { llama, gpu: type === false ? 'cpu' : type, gpus: type === false ? [] : await llama.getGpuDeviceNames(), failures, threads };
    } catch (error) {
      failures.push(`${type === false ? 'cpu' : type}: ${textOf(error)}`);
    }
  }
  throw new AppError(
    'inference/unsupported',
    'The inference engine cannot start on this machine. Everything that needs no model still works. Run `redoubt doctor` for details.',
    { failures },
  );
}

/** Forgets what llama.cpp complained about so far. */
export function clearReasons(): void {
  reasons.length = 0;
}

/** llama.cpp's last warnings and errors since `clearReasons`; they name tensors and sizes, never prompts. */
export function lastReasons(): readonly string[] {
  return [...reasons];
}

function keepReason(level: LlamaLogLevel, message: string): void {
  if (level !== LlamaLogLevel.error && level !== LlamaLogLevel.fatal && level !== LlamaLogLevel.warn) return;
  reasons.push(message.trim().slice(0, 300));
  if (reasons.length > keptReasons) reasons.shift();
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown reason';
}
