// Brings a machine that has only Node >= 20 and npm to the point where everything runs. Safe to run again; a line per step.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildEngineAddon } from './engine-addon.mjs';
import { buildTokenAddon } from './token-addon.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.redoubt-setup');
const say = (line) => process.stderr.write(`set-up: ${line}\n`);

/** Installs the dependencies if the lock file is not the one installed last, and returns the path of the project's own Node. `retry` tries again what failed before. */
export function setUp({ retry = false } = {}) {
  if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node ${process.versions.node} is too old. Install Node 20 or newer.`);
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    say('installing the dependencies (npm install) …');
    const started = Date.now();
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    // Not `npm ci`: it refuses a lock file that was written where the registry lacked packages of other platforms.
    // `--no-save` installs what the lock file says and leaves it as it is.
    const { status } = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0)
      fail('npm install failed; its message is above. Check that the package registry can be reached, or bring node_modules along.');
    writeFileSync(stamp, lock);
    say(`dependencies installed in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  const node = projectNode();
  buildTokenAddon(root, node, { retry, say });
  buildEngineAddon(root, { retry, say });
  return node;
}

/** The Node that the project brings; the system's where there is none for this platform and it is new enough. */
function projectNode() {
  const own = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 0)) return process.execPath;
  fail(
    `There is no packaged Node 24 for ${process.platform}-${process.arch}, and Node ${process.versions.node} is too old. Install Node 24.`,
  );
}

/** The environment in which `node` is the project's own. */
export function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, NODE_NO_WARNINGS: '1' };
}

/** Installs programs from Debian's packages where that can be done, otherwise says what to install. Returns what is missing still. */
export function installPrograms(programs) {
  const missing = () => Object.entries(programs).filter(([program]) => !onPath(program));
  let left = missing();
  if (left.length === 0) return [];
  const packages = [...new Set(left.map(([, name]) => name))];
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say(`installing ${packages.join(', ')} (apt-get) …`);
    const apt = (...args) =>
      // At run level 1 no installed server is started.
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 2],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      }).status === 0;
    if (!apt('install', '-y', '-qq', '--no-install-recommends', ...packages)) {
      apt('update', '-qq');
      apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
    }
    left = missing();
  }
  for (const [program, name] of left) say(`"${program}" is missing; install the package ${name} of your system. What needs it is skipped.`);
  return left.map(([program]) => program);
}

export function onPath(program) {
  // Servers lie where only root's path leads.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Runs a program of the project under its own Node, with this terminal, and hands signals on; resolves to the exit status. */
export function runNode(node, args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment(), shell: node.endsWith('.cmd') });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // The shell between npm and us dies of a signal without handing it on; then there is nobody left to work for.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  return new Promise((resolve) => {
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

function fail(message) {
  say(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp({ retry: true });
  say('ready');
}
