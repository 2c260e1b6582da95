import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { CoreOptions } from '../core/core-options.ts';
import type { Child, StartChild } from '../core/supervision/child.ts';
import type { ChildName, FromChild } from '../core/supervision/messages.ts';
import { documentsExecArgv } from './documents-permissions.ts';
import { applicationFolder } from './places.ts';

/** Source files run as they are; a bundle has its processes beside it under the same names. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

export type ForkOptions = {
  readonly core: CoreOptions;
  /** Further arguments to Node for core; the fault harness shifts its clock with them. */
  readonly coreExecArgv?: readonly string[] | undefined;
  /** Lines the children write to standard error. */
  onLog(name: ChildName, line: string): void;
};

/** Starts a child under plain Node. The environment is reduced to what Node itself needs: no token, no password passes. */
export function forkAdapter(options: ForkOptions): StartChild {
  return (name) => {
    const entry = fileURLToPath(new URL(`../processes/${name}.${extension}`, import.meta.url));
    const env = { ...passedOn(), ...(name === 'core' ? { REDOUBT_CORE: JSON.stringify(options.core) } : {}) };
    const child = fork(entry, [], {
      env,
      // SIGUSR1 would open a debugger's port on a process that holds keys.
      execArgv: [
        '--no-warnings',
        '--disable-sigusr1',
        ...(name === 'documents' ? documentsExecArgv(applicationFolder()) : []),
        ...(name === 'core' ? (options.coreExecArgv ?? []) : []),
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    forwardLines(child, (line) => options.onLog(name, line));
    return adapt(child);
  };
}

/**
 * Until the child has confirmed that it holds a socket, Node goes on reading it here and drops what it reads; `pause` does not end
 * that, it only holds back what was read. A page whose first message fell into this gap would wait for its answer for ever.
 */
function stopReading(socket: Socket): void {
  const { _handle: handle } = socket as unknown as { readonly _handle: { readStop(): number } | null };
  handle?.readStop();
}

/** A forked process as the supervisor sees it. */
export function adapt(child: ChildProcess): Child {
  return {
    pid: child.pid,
    post: (message, transfer) => {
      const socket = transfer?.[0] as Socket | undefined;
      if (socket) stopReading(socket);
      if (child.connected) child.send(message, socket, undefined, () => undefined);
      else socket?.destroy();
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromChild)),
    onExit: (listener) => {
      let told = false;
      const tell = (reason: string) => {
        if (!told) listener(reason);
        told = true;
      };
      child.on('error', (error) => child.pid === undefined && tell(`could not start: ${error.message}`));
      child.on('exit', (code, signal) => tell(signal ? `signal ${signal}` : `code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function passedOn(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'TMP',
    'SystemRoot',
    'LANG',
    'LC_ALL',
    'LD_LIBRARY_PATH',
    'CUDA_VISIBLE_DEVICES',
    'SOFTHSM2_CONF',
    'REDOUBT_ENGINE',
  ];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(line);
  });
}
