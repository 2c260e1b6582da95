import { createInterface } from 'node:readline';
import type { MessagePortMain } from 'electron';
import type { Child, StartChild } from '../core/supervision/child.ts';
import type { ChildName, FromChild } from '../core/supervision/messages.ts';
import type { AppPart, ElectronParts, GoneDetails } from './electron-parts.ts';

export type UtilityOptions = {
  readonly app: Pick<AppPart, 'on'>;
  readonly fork: ElectronParts['fork'];
  /** The bundled entry file of a process. */
  readonly entry: (name: ChildName) => string;
  readonly args: (name: ChildName) => string[];
  /** The whole environment of the process; nothing is inherited beside it. */
  readonly env: (name: ChildName) => Record<string, string>;
  readonly onLine: (name: ChildName, stream: 'stdout' | 'stderr', line: string) => void;
};

/** Starts the supervised processes as Electron utility processes. */
export function startUtility(options: UtilityOptions): StartChild {
  const gone = new Map<string, GoneDetails>();
  options.app.on('child-process-gone', (_event, details) => {
    if (details.type === 'Utility' && details.name !== undefined) gone.set(details.name, details);
  });
  return (name) => startOne(name, options, gone);
}

/** The name under which the system's process lists and Electron's events show a child. */
function serviceName(name: ChildName): string {
  return `redoubt-${name}`;
}

function startOne(name: ChildName, { fork, entry, args, env, onLine }: UtilityOptions, gone: Map<string, GoneDetails>): Child {
  const service = serviceName(name);
  gone.delete(service);
  const child = fork(entry(name), args(name), { serviceName: service, stdio: 'pipe', env: env(name), execArgv: [] });
  for (const stream of ['stdout', 'stderr'] as const) {
    const source = child[stream];
    if (source) createInterface({ input: source }).on('line', (line) => onLine(name, stream, line));
  }
  let ended = false;
  let fatal = false;
  child.on('error', () => (fatal = true));
  child.on('exit', () => (ended = true));
  return {
    get pid() {
      return child.pid;
    },
    post(message, transfer) {
      if (!ended) child.postMessage(message, transfer as MessagePortMain[] | undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromChild)),
    onExit: (listener) => void child.on('exit', (code) => listener(exitReason(code, fatal, gone.get(service)))),
    kill: () => endAtOnce(child.pid, () => child.kill()),
  };
}

/** What the system said; Electron reports a signal only through `child-process-gone`, which may come later or never. */
function exitReason(code: number, fatal: boolean, details: GoneDetails | undefined): string {
  const why = fatal ? 'fatal engine error' : details && details.reason !== 'clean-exit' ? details.reason : null;
  return why ? `code ${code}, ${why}` : `code ${code}`;
}

/** `UtilityProcess.kill` asks politely (SIGTERM), which a process stuck in a loop does not hear. */
function endAtOnce(pid: number | undefined, askToEnd: () => void): void {
  if (pid === undefined) return askToEnd();
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    askToEnd();
  }
}
