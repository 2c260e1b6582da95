import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, hasDisplay, openBrowser } from './browser.ts';
import { Host } from './host.ts';
import { anchorFolder, applicationFolder, defaultVaultFolder } from './places.ts';
import { LocalServer } from './server.ts';

const { values } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    vault: { type: 'string' },
    ephemeral: { type: 'boolean', default: false },
  },
});

const host = new Host({
  host: 'local',
  anchorFolder: anchorFolder(),
  ...(values.ephemeral ? {} : { vaultFolder: values.vault ?? defaultVaultFolder() }),
});
const server = new LocalServer(host, join(applicationFolder(), 'out', 'renderer'));

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await server.close();
  await host.stop();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
process.on('SIGHUP', () => void stop());

const started = host.start();
await server.listen(Number(values.port));
const link = server.newLink();
const browser = values['no-open'] || !hasDisplay() ? null : findBrowser();
if (browser) {
  process.stdout.write(
    'Redoubt runs in a browser window. Close the window or press Ctrl+C to end it; press Enter for an address to open elsewhere.\n',
  );
  openBrowser(browser, link).once('exit', () => void stop());
} else {
  process.stdout.write(`Redoubt is ready at ${link}\nThe link works once; press Enter here for a new one. Ctrl+C ends Redoubt.\n`);
}
process.stdin.on('data', () => process.stdout.write(`${server.newLink()}\n`)).on('error', () => undefined);
await started;
