// Backs up the vault in a folder and says how far it is, a line an event; the test kills it somewhere.
import { BackupSet } from '../backup-set.ts';
import { createSnapshot } from '../create-snapshot.ts';
import { lockSet } from '../set-lock.ts';
import { freely, openedVault } from './vault.fixture.ts';

const [folder = '', destination = ''] = process.argv.slice(2);
const opened = await openedVault(folder, { create: false });
const set = new BackupSet(destination, opened.file.vaultId);
const release = lockSet(set);
const control = freely();
control.advance = () => void process.stdout.write('bytes\n');
control.mayGoOn = () => {
  process.stdout.write('file\n');
  return Promise.resolve();
};
const { snapshot } = await createSnapshot(opened.source, set, false, control);
process.stdout.write(`made ${snapshot}\n`);
release();
opened.close();
