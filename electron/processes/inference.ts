import type { EngineProtocol } from '../core/inference/engine.protocol.ts';
import { Engine } from './inference/engine.ts';
import { runWorker } from './worker.ts';

const engine = new Engine();

/**
 * Contexts hold the text of documents, and llama.cpp cannot wipe them. When the vault is locked (or core crashed) the
 * process therefore ends, and its memory with it; the supervisor starts a fresh one.
 */
function forget(): void {
  if (engine.holdsModels) void engine.close().finally(() => process.exit(0));
}

runWorker<EngineProtocol>(engine.handlers, () => engine.close(), forget);
