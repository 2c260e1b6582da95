// Checks the types of each part against what that part may use (the contract: neither DOM nor Node).
import { spawnSync } from 'node:child_process';

const projects = ['electron/core/contract', 'electron', 'electron/preload', 'renderer', 'verifier', '.'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : projects;
let failed = 0;
for (const project of wanted) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed ? 1 : 0);
