import type { EngineProtocol } from '../../core/inference/engine.protocol.ts';
import type { HostedModel, LoadParams } from './backend.ts';
import { JsBackend } from './js/js-backend.ts';
import type { OpenLlama } from './llama.ts';

/** The ways to run models on this machine. */
export class Backends {
  readonly open: OpenLlama;
  readonly #js: JsBackend;

  private constructor(open: OpenLlama) {
    this.open = open;
    this.#js = new JsBackend(open);
  }

  static async open(open: OpenLlama): Promise<Backends> {
    return new Backends(open);
  }

  get state(): EngineProtocol['status']['result']['backend'] {
    return { name: 'js', whyNotNative: null };
  }

  load(params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<HostedModel> {
    return this.#js.load(params, signal, progress);
  }

  async close(): Promise<void> {
    await this.open.llama.dispose();
  }
}
