// npm test: set-up with what the tests need, then every check.
import { installPrograms, runNode, setUp } from './setup.mjs';

const node = setUp();
const missing = installPrograms({
  chromium: 'chromium',
  pdfsig: 'poppler-utils',
  openssl: 'openssl',
  strings: 'binutils',
  'softhsm2-util': 'softhsm2',
  slapd: 'slapd',
});
process.env.REDOUBT_MISSING_PROGRAMS = missing.join(',');
process.exit(await runNode(node, ['build/test.ts', ...process.argv.slice(2)]));
