import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Read by path from every process, and carried to whoever gets a report. */
export const verifierFile = join(root, 'resources', 'verifier.html');

/** Builds the page that checks a report: one file with its script and style inside, and a policy that allows exactly these. */
export async function buildVerifier(): Promise<void> {
  const result = await build({
    root: join(root, 'verifier'),
    configFile: false,
    // sm-crypto-v2 names Node's crypto for where there is no WebCrypto, which Vite warns of; what is left in the output is checked below.
    logLevel: 'error',
    build: {
      target: 'chrome120',
      write: false,
      minify: true,
      cssCodeSplit: false,
      lib: { entry: join(root, 'verifier', 'main.ts'), formats: ['iife'], name: 'verifier' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []));
  const [chunk, ...others] = outputs.filter((each) => each.type === 'chunk');
  const styles = outputs.filter((each) => each.type === 'asset');
  if (!chunk || others.length > 0 || styles.length !== 1) throw new Error('the verifier must be one script and one style');
  if (chunk.imports.length > 0 || /\b(?:require|import)\(["']node:/.test(chunk.code))
    throw new Error('the verifier must need nothing of Node');
  const [asset] = styles;
  const text = asset?.source ?? '';
  const style = `\n${typeof text === 'string' ? text : Buffer.from(text).toString()}`;
  // The parser of HTML ends a script at these letters wherever they stand; inside texts of JavaScript the backslash means nothing.
  const script = `\n${chunk.code.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3c`)}`;
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'`;
  let page = readFileSync(join(root, 'verifier', 'index.html'), 'utf8');
  for (const [place, content] of [
    ['content=""', `content="${policy}"`],
    ['<style></style>', `<style>${style}</style>`],
    ['<script></script>', `<script>${script}</script>`],
  ] as const) {
    if (!page.includes(place)) throw new Error(`verifier/index.html has no ${place}`);
    page = page.replace(place, () => content);
  }
  // Whoever reads it meanwhile gets the old page or the new one.
  const fresh = `${verifierFile}.${process.pid}`;
  writeFileSync(fresh, page);
  renameSync(fresh, verifierFile);
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildVerifier();
