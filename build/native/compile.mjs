// C++ without a build system: objects are compiled side by side, and again only when something that went into them changed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { errorLine } from './node-headers.mjs';

/** `{ program, version }` of the C++ compiler, CXX first; null without one. */
export function findCompiler() {
  for (const program of [process.env.CXX, 'c++', 'g++', 'clang++']) {
    if (!program) continue;
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { program, version: stdout.split('\n')[0].trim() };
  }
  return null;
}

/**
 * Compiles `sources` with `flags` and links them with `linkFlags` into `out`; objects lie beside it, so builds into different
 * files do not meet. Resolves to how many objects were compiled; throws with the compiler's messages in `output`.
 */
export async function compile({ root, compiler, sources, flags, linkFlags, out }) {
  const folder = `${out}.objects`;
  mkdirSync(folder, { recursive: true });
  const basis = [compiler.program, compiler.version, ...flags].join('\0');
  const objects = sources.map((source) => ({ source, object: join(folder, `${relative(root, source).replaceAll(/[\\/]/g, '-')}.o`) }));
  const stale = objects.filter(({ object }) => !isFresh(object, basis));
  const queue = [...stale];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      // After a failure the others stop, too.
      await compileOne(compiler.program, flags, next, basis).catch((error) => (queue.splice(0), Promise.reject(error)));
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(8, availableParallelism()) }, work));
  const failed = workers.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  const linked = hash([basis, ...linkFlags, ...objects.map(({ object }) => readFileSync(`${object}.json`))]);
  const stamp = join(folder, 'linked');
  if (!existsSync(out) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== linked) {
    const temporary = join(folder, `${basename(out)}.${process.pid}`);
    mkdirSync(dirname(out), { recursive: true });
    await run(compiler.program, [...flags, ...objects.map(({ object }) => object), ...linkFlags, '-o', temporary]);
    // Renamed, never written over: a running process may have the old one mapped.
    renameSync(temporary, out);
    writeFileSync(stamp, linked);
  }
  return stale.length;
}

async function compileOne(program, flags, { source, object }, basis) {
  const temporary = `${object}.${process.pid}`;
  const rules = `${temporary}.d`;
  try {
    // Taken before, so that a source that changes meanwhile counts as changed.
    const before = hash([readFileSync(source)]);
    await run(program, [...flags, '-MMD', '-MF', rules, '-c', source, '-o', temporary]);
    const files = readFileSync(rules, 'utf8')
      .replaceAll('\\\n', ' ')
      .replace(/^[^:]*:/, '')
      .split(/(?<!\\)\s+/)
      .map((file) => file.replaceAll('\\ ', ' '))
      .filter((file) => file !== '' && file !== source);
    renameSync(temporary, object);
    writeFileSync(`${object}.json`, JSON.stringify({ source, headers: files, hash: digest(basis, before, files) }));
  } finally {
    rmSync(temporary, { force: true });
    rmSync(rules, { force: true });
  }
}

function isFresh(object, basis) {
  try {
    const { source, headers, hash: was } = JSON.parse(readFileSync(`${object}.json`, 'utf8'));
    return existsSync(object) && was === digest(basis, hash([readFileSync(source)]), headers);
  } catch {
    return false;
  }
}

function digest(basis, source, headers) {
  return hash([basis, source, ...headers.flatMap((file) => [file, readFileSync(file)])]);
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) return resolve(process.env.REDOUBT_COMPILER_WARNINGS && output ? process.stderr.write(output) : undefined);
      reject(Object.assign(new Error(errorLine(output) ?? `${program} ended with ${status}`), { output }));
    });
  });
}
