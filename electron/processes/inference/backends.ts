import { AppError } from '../../core/errors.ts';
import type { EngineProtocol } from '../../core/inference/engine.protocol.ts';
import { stderrLog } from '../../core/log.ts';
import type { BackendName, HostedModel, LoadParams } from './backend.ts';
import { JsBackend } from './js/js-backend.ts';
import { textOf, type OpenLlama } from './llama.ts';
import { NativeBackend } from './native/native-backend.ts';
import { openAddon } from './native/open-addon.ts';

type Quantise = EngineProtocol['quantise'];

/** What the file or the machine is to blame for: the other backend would fail alike. */
const final = ['inference/bad-file', 'inference/out-of-memory', 'models/'];

/**
 * The ways to run models on this machine. `REDOUBT_ENGINE` chooses one (`native` or `js`); otherwise the native loop is used where
 * it is built and opens, and node-llama-cpp's where not or where it cannot run a model.
 */
export class Backends {
  readonly open: OpenLlama;
  readonly #js: JsBackend;
  readonly #native: NativeBackend | null;
  readonly #wish: BackendName | null;
  readonly #whyNotNative: string | null;

  private constructor(open: OpenLlama, native: NativeBackend | null, wish: BackendName | null, whyNotNative: string | null) {
    this.open = open;
    this.#js = new JsBackend(open);
    this.#native = native;
    this.#wish = wish;
    this.#whyNotNative = whyNotNative;
  }

  static open(open: OpenLlama): Backends {
    const wish = (['native', 'js'] as const).find((name) => name === process.env['REDOUBT_ENGINE']) ?? null;
    try {
      return new Backends(open, new NativeBackend(open, openAddon(open.gpu)), wish, wish === 'js' ? 'REDOUBT_ENGINE is js' : null);
    } catch (error) {
      return new Backends(open, null, wish, textOf(error));
    }
  }

  get state(): EngineProtocol['status']['result']['backend'] {
    return { name: this.#native && this.#wish !== 'js' ? 'native' : 'js', whyNotNative: this.#whyNotNative };
  }

  async load(params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<HostedModel> {
    const wish = params.backend ?? this.#wish;
    if (wish === 'js') return this.#fallBack(params.backend === 'js' ? 'asked for' : this.#whyNotNative, params, signal, progress);
    if (!this.#native) {
      if (wish === 'native')
        throw new AppError('inference/unsupported', `The native engine is not there: ${this.#whyNotNative ?? 'unknown reason'}.`);
      return this.#fallBack(this.#whyNotNative, params, signal, progress);
    }
    try {
      return await this.#native.load(params, signal, progress);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (signal.aborted || wish === 'native' || final.some((start) => code.startsWith(start))) throw error;
      stderrLog.bug('native engine', error);
      return this.#fallBack(`it failed to load this model: ${textOf(error)}`, params, signal, progress);
    }
  }

  /** Fails with `inference/unsupported` where there is no native engine. */
  async quantise(params: Quantise['params'], signal: AbortSignal, emit: (event: Quantise['event']) => void): Promise<Quantise['result']> {
    if (this.#native) return this.#native.quantise(params, signal, emit);
    throw new AppError(
      'inference/unsupported',
      `Only the native engine can quantise, and it is not there: ${this.#whyNotNative ?? 'unknown reason'}.`,
    );
  }

  async #fallBack(why: string | null, ...args: Parameters<JsBackend['load']>): Promise<HostedModel> {
    const hosted = await this.#js.load(...args);
    hosted.info.whyNotNative = why;
    return hosted;
  }

  async close(): Promise<void> {
    await this.open.llama.dispose();
  }
}
