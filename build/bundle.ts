import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'vite';
import { buildVerifier, verifierFile } from './verifier.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out');
const stamp = join(out, 'bundle.stamp');

/** Stays outside the bundle: native code, and packages that find their own files at run time. */
const external = [
  /^electron($|\/)/,
  /^node:/,
  'better-sqlite3',
  'pkcs11js',
  '@node-rs/argon2',
  '@napi-rs/canvas',
  /^node-llama-cpp/,
  /^@node-llama-cpp\//,
  /^pdfjs-dist/,
  /^tesseract\.js/,
  /^electron-log/,
];

const entries = {
  'main/index': 'electron/main/index.ts',
  'local/index': 'electron/local/index.ts',
  'cli/index': 'electron/cli/index.ts',
  'processes/core': 'electron/processes/core.ts',
  'processes/inference': 'electron/processes/inference.ts',
  'processes/documents': 'electron/processes/documents.ts',
  // Worker threads of the documents process, found beside it.
  'processes/thread': 'electron/processes/documents/thread.ts',
  'processes/template-thread': 'electron/processes/documents/template-thread.ts',
  // Reads and hashes the audit log for core.
  'processes/read-thread': 'electron/core/audit/verify/read-thread.ts',
  'processes/tesseract-thread': 'electron/processes/documents/ocr/tesseract-thread.ts',
};

/** Builds what changed since the last time; returns false when nothing had to be done. */
export async function bundle(): Promise<boolean> {
  const now = fingerprint();
  if (existsSync(stamp) && existsSync(verifierFile) && readFileSync(stamp, 'utf8') === now) return false;
  rmSync(stamp, { force: true });
  await bundleNode();
  await bundlePreload();
  await buildVerifier();
  await build({ root: join(root, 'renderer'), configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(stamp, now);
  return true;
}

async function bundleNode(): Promise<void> {
  for (const folder of ['main', 'local', 'cli', 'processes', 'chunks']) rmSync(join(out, folder), { recursive: true, force: true });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: out,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

/** A sandboxed preload must be one CommonJS file. */
async function bundlePreload(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: join(out, 'preload'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        external: ['electron'],
        input: { index: join(root, 'electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  });
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(['electron/**/*.{ts,json}', 'renderer/**/*', 'verifier/**/*', 'build/{bundle,verifier}.ts', 'package-lock.json'], {
    cwd: root,
  }).sort();
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}:${mtimeMs}:${size}\n`);
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const built = await bundle();
  process.stderr.write(built ? `bundle: built in ${((Date.now() - started) / 1000).toFixed(1)} s\n` : 'bundle: up to date\n');
}
