import type { EngineProtocol } from '../core/inference/engine.protocol.ts';
import { Engine } from './inference/engine.ts';
import { runWorker } from './worker.ts';

const engine = new Engine();
runWorker<EngineProtocol>(engine.handlers, () => engine.close());
