import os from 'node:os';
import type { ReaderProtocol } from '../core/documents/reader.protocol.ts';
import { Reader } from './documents/reader.ts';
import { runWorker } from './worker.ts';

// Reading is background work: it may use every core, but the window, core and a model that answers go first.
try {
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Some systems do not let a process lower its own priority; it reads at normal priority then.
}

const reader = new Reader();
runWorker<ReaderProtocol>({ read: reader.read, renderPage: reader.renderPage, renderTemplate: reader.renderTemplate }, () =>
  reader.close(),
);
