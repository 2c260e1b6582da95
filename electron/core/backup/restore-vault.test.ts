import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from '../vault/kdf.ts';
import { Tokens } from '../vault/factors/token/tokens.ts';
import { Vault } from '../vault/vault.ts';
import { restoreVault } from './restore-vault.ts';

test('where there is a vault no password is tried on its backups', async () => {
  const folder = temporaryFolder();
  const { storage } = await new Vault(folder, floorCost).create('ada', 'correct horse battery', () => undefined);
  storage.close();
  const request = { folder: temporaryFolder(), snapshotId: '000001-00000000', userName: 'ada', secrets: { password: 'a guess' } };
  const events = restoreVault(request, folder, { tokens: new Tokens([]), keychain: null }, (work) => work());
  await expect(events.next()).rejects.toMatchObject({ code: 'vault/exists' });
});
