// Compiles the inference engine's addon (native/engine) with the machine's own compiler. Without it the fallback does the work.
//   node build/engine-addon.mjs [--sanitize | --sanitize-threads] [--out FILE]
//   node build/engine-addon.mjs --program FILE.cc … --out FILE [--libraries FOLDER]
//                     a program over the same headers (and llama.cpp's libraries), for tests of parts and benchmarks
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, findCompiler } from './native/compile.mjs';
import { llamaHeaders } from './native/llama-headers.mjs';
import { headerFolder } from './native/node-headers.mjs';

const sourceFolder = join('native', 'engine');
const sanitizers = { address: ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'], thread: ['-fsanitize=thread'] };

/** Every `.cc` of the addon; `*_test.cc` are programs of their own. */
function sourcesOf(root) {
  const folder = join(root, sourceFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.cc') && !name.endsWith('_test.cc'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Builds the addon, or with `programs` a program of these sources; answers `{ out, release, compiled }` or throws with the reason.
 * @param {string} root
 * @param {{ sanitize?: 'address' | 'thread' | null, out?: string, programs?: string[], libraries?: string }} options `libraries`: a folder of llama.cpp's to link a program with
 */
export async function buildEngine(root, { sanitize = null, out, programs, libraries } = {}) {
  if (process.platform === 'win32') throw new Error('it is not compiled on Windows yet');
  const sources = programs ?? sourcesOf(root);
  if (sources.length === 0) throw new Error(`${sourceFolder} holds no sources`);
  const compiler = findCompiler();
  if (!compiler) throw new Error('there is no C++ compiler');
  const node = headerFolder(root);
  if (!node) throw new Error("Node's headers (node_api.h) were not found");
  const outFolder = join(root, 'out', 'native');
  mkdirSync(outFolder, { recursive: true });
  const { release, folders } = llamaHeaders(root, outFolder);
  const mac = process.platform === 'darwin';
  const includes = [join(node, 'include', 'node'), ...folders].flatMap((folder) => ['-isystem', folder]);
  const defines = ['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=redoubt_engine', `-DREDOUBT_LLAMA_RELEASE="${release}"`];
  const optimise = sanitize === null ? ['-O2'] : ['-O1', '-g', '-fno-omit-frame-pointer', ...sanitizers[sanitize]];
  const language = ['-std=c++17', '-fPIC', '-pthread', '-fvisibility=hidden', '-Wall', '-Wextra'];
  const flags = [...language, ...optimise, ...defines, ...includes, `-I${join(root, sourceFolder)}`];
  const linkFlags = [...(programs ? [] : ['-shared']), ...(mac ? (programs ? [] : ['-undefined', 'dynamic_lookup']) : ['-ldl'])];
  if (libraries) linkFlags.push(...shared(libraries), `-Wl,-rpath,${libraries}`);
  const target = out ?? join(outFolder, ['redoubt-engine', ...(sanitize === null ? [] : [sanitize])].join('-') + '.node');
  const compiled = await compile({ root, compiler, sources, flags, linkFlags, out: target });
  return { out: target, release, compiled, compiler: compiler.version };
}

/** What a program needs of a folder with llama.cpp; backends for processors and GPUs are opened by it at run time. */
function shared(folder) {
  return readdirSync(folder)
    .filter((name) => /^lib(llama|ggml|ggml-base)\.(.*\.)?(so|dylib)$/.test(name))
    .map((name) => join(folder, name));
}

/**
 * For the set-up: builds when a source changed since the last time, says a line where something happened and keeps the outcome in
 * `out/native/redoubt-engine.json` for `redoubt doctor`. A build that failed is tried again only with `retry`.
 */
export function buildEngineAddon(root, { retry, say }) {
  const key = sourcesKey(root);
  if (key === null) return;
  const { addon, outcome } = outputs(root);
  const before = readOutcome(outcome);
  if (before?.key === key && (before.built ? existsSync(addon) : !retry)) return;
  if (!before?.built) say('building the inference engine (C++) …');
  const started = Date.now();
  spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--set-up'], { stdio: ['ignore', 2, 2], timeout: 600_000 });
  const after = readOutcome(outcome);
  if (after?.key === key && after.built)
    return say(`inference engine built in ${Math.max(1, Math.round((Date.now() - started) / 1000))} s`);
  say(`models run on the slower fallback: the native engine could not be built (${after?.reason ?? 'the build did not end'}).`);
}

/** A failure leaves no addon: what was built from older sources must not be taken for these. */
async function buildForSetUp(root) {
  const key = sourcesKey(root);
  const { addon, outcome } = outputs(root);
  mkdirSync(join(root, 'out', 'native'), { recursive: true });
  try {
    const { release, compiler } = await buildEngine(root);
    writeFileSync(outcome, `${JSON.stringify({ built: true, release, compiler, key })}\n`);
  } catch (error) {
    rmSync(addon, { force: true });
    writeFileSync(outcome, `${JSON.stringify({ built: false, reason: error.message, key })}\n`);
  }
}

function outputs(root) {
  return { addon: join(root, 'out', 'native', 'redoubt-engine.node'), outcome: join(root, 'out', 'native', 'redoubt-engine.json') };
}

/** Changes with any source or header and with the release of the library; null where there are no sources. */
function sourcesKey(root) {
  const folder = join(root, sourceFolder);
  if (sourcesOf(root).length === 0) return null;
  const sum = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const file = join(folder, name);
    if (/\.(cc|h)$/.test(name) && !name.endsWith('_test.cc') && statSync(file).isFile())
      sum.update(name).update('\0').update(readFileSync(file));
  }
  const info = join(root, 'node_modules', 'node-llama-cpp', 'llama', 'binariesGithubRelease.json');
  return sum.update(existsSync(info) ? readFileSync(info) : '').digest('hex');
}

function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const flag = { type: 'boolean' };
  const { values, positionals } = parseArgs({
    options: {
      sanitize: flag,
      'sanitize-threads': flag,
      out: { type: 'string' },
      program: flag,
      libraries: { type: 'string' },
      'set-up': flag,
    },
    allowPositionals: true,
  });
  if (values['set-up']) await buildForSetUp(root);
  else await buildByHand(root, values, positionals);
}

async function buildByHand(root, values, positionals) {
  const started = Date.now();
  try {
    const { out, compiled } = await buildEngine(root, {
      sanitize: values['sanitize-threads'] ? 'thread' : values.sanitize ? 'address' : null,
      ...(values.out ? { out: resolve(values.out) } : {}),
      ...(values.program ? { programs: positionals.map((file) => resolve(file)) } : {}),
      ...(values.libraries ? { libraries: resolve(values.libraries) } : {}),
    });
    console.log(`${out}: ${compiled} compiled, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error.output ?? error.message);
    process.exit(1);
  }
}
