// Compiles pkcs11js, the addon for security tokens, which has no prebuilt binary. Without it everything else works.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { errorLine, headerFolder } from './native/node-headers.mjs';

/** Builds the addon once per installed version; a build that failed is tried again only with `retry`. Needs a C++ compiler and Python. */
export function buildTokenAddon(root, node, { retry, say }) {
  const folder = join(root, 'node_modules', 'pkcs11js');
  const built = join(folder, 'build', 'Release', 'pkcs11.node');
  const failed = join(folder, 'build-failed');
  if (!existsSync(folder) || existsSync(built) || (existsSync(failed) && !retry)) return;
  say('building the addon for security tokens (node-gyp) …');
  const nodeGyp = findNodeGyp();
  const headers = headerFolder(root);
  const args = [nodeGyp, 'rebuild', '--silent', ...(headers ? [`--nodedir=${headers}`] : [])];
  const started = Date.now();
  const { status, stderr, error } = nodeGyp
    ? spawnSync(node, args, { cwd: folder, encoding: 'utf8', timeout: 180_000 })
    : { status: 1, stderr: 'node-gyp, which comes with npm, was not found' };
  if (status === 0 && existsSync(built)) {
    rmSync(failed, { force: true });
    return say(`addon for security tokens built in ${Math.max(1, Math.round((Date.now() - started) / 1000))} s`);
  }
  const reason = errorLine(stderr, 'last') ?? error?.message ?? `status ${status}`;
  writeFileSync(failed, `${reason}\n`);
  say(`security tokens stay switched off: their addon could not be built (${reason}). Install a C++ compiler and run "npm run setup".`);
}

/** npm's own copy: of the npm that runs us, else of one on the path. */
function findNodeGyp() {
  const running = process.env.npm_execpath ? [join(dirname(process.env.npm_execpath), '..')] : [];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => {
    const program = join(folder, 'npm');
    return existsSync(program) ? [join(dirname(realpathSync(program)), '..'), join(folder, 'node_modules', 'npm')] : [];
  });
  return [...running, ...onPath].map((npm) => join(npm, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')).find((file) => existsSync(file));
}
