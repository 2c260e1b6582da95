// The headers of exactly the llama.cpp release whose binaries are shipped: from the full source that node-llama-cpp brings along.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorLine } from './node-headers.mjs';

/** `{ release, folders }`, the include folders; throws with the reason where there are none. */
export function llamaHeaders(root, outFolder) {
  const source = join(root, 'node_modules', 'node-llama-cpp', 'llama');
  const bundle = join(source, 'gitRelease.bundle');
  if (!existsSync(bundle)) throw new Error('node-llama-cpp brings no source of llama.cpp');
  const release = readJson(join(source, 'llama.cpp.info.json')).tag;
  const shipped = readJson(join(source, 'binariesGithubRelease.json')).release;
  if (release !== shipped) throw new Error(`the source is llama.cpp ${release}, the shipped binaries are ${shipped}`);
  const folder = join(outFolder, `llama-${release}`);
  if (!existsSync(folder)) extract(bundle, folder, outFolder);
  return { release, folder, folders: [join(folder, 'include'), join(folder, 'ggml', 'include')] };
}

function extract(bundle, folder, outFolder) {
  const work = mkdtempSync(join(outFolder, 'headers-'));
  try {
    const clone = join(work, 'source');
    git(['clone', '--quiet', '--no-checkout', '-c', 'advice.detachedHead=false', bundle, clone]);
    git(['-C', clone, 'checkout', '--quiet', 'HEAD', '--', 'include', 'ggml/include', 'LICENSE']);
    rmSync(join(clone, '.git'), { recursive: true, force: true });
    try {
      renameSync(clone, folder);
    } catch (error) {
      // Another build was faster.
      if (!existsSync(folder)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function git(args) {
  // Git's own variables would point it to another repository when it is a hook that runs us.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { status, stderr, error } = spawnSync('git', args, { env, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`git: ${error?.code === 'ENOENT' ? 'not found' : (errorLine(stderr) ?? `status ${status}`)}`);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
