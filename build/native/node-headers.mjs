import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder above `include/node/node_api.h`: in the packaged Node, so that nothing is fetched, else in the one that runs. */
export function headerFolder(root) {
  const packaged = join(root, 'node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`);
  if (existsSync(join(packaged, 'include', 'node', 'node_api.h'))) return packaged;
  const own = join(dirname(process.execPath), '..');
  return existsSync(join(own, 'include', 'node', 'node_api.h')) ? own : null;
}

/** The first line of a compiler's output that speaks of an error, `last` the last one; else the last line. */
export function errorLine(text = '', which = 'first') {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isError = (line) => /error/i.test(line);
  return ((which === 'first' ? lines.find(isError) : lines.findLast(isError)) ?? lines.at(-1))?.trim();
}
