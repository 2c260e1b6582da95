import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { slapdMissing, startSlapd, type Directory } from '../core/testing/slapd.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const own = 'correct horse battery';
const inDirectory = 'Trumpet-Gravel-47';

async function running() {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const connect = () => connectClient(host);
  /** Locks through a session, and answers a new connection to the core that follows. */
  const relock = async ({ client, closed }: ReturnType<typeof connect>) => {
    await client.vault.lock();
    await closed;
    await host.application.coreReady();
  };
  return { connect, relock };
}

const settings = (directory: Directory) => ({
  enabled: true,
  url: directory.ldap,
  caCertificate: directory.ca,
  baseDn: directory.baseDn,
  userFilter: '(uid={user})',
  bindDn: directory.searchDn,
  bindPassword: directory.searchPassword,
});

describe.skipIf(slapdMissing())('people of a directory', () => {
  test('sign in with their password there, on an open and a closed vault, and not without the directory’s consent', async () => {
    const directory = await startSlapd();
    const { connect, relock } = await running();
    const owner = connect();
    await owner.client.vault.create({ userName: 'root', displayName: 'Root', password: own });
    const admit = (password: string, userName = 'ada') =>
      owner.client.identity.admitDirectoryPerson({ userName, displayName: 'Ada', role: 'analyst', password });
    await expect(admit(inDirectory)).rejects.toMatchObject({ code: 'identity/directory-off' });
    expect(await owner.client.identity.setDirectory(settings(directory))).toMatchObject({ enabled: true, hasBindPassword: true });
    expect(JSON.stringify(await owner.client.identity.directory())).not.toContain(directory.searchPassword);
    expect(await owner.client.identity.testDirectory({ userName: 'ada' })).toMatchObject({ found: true, signedIn: null });
    await expect(admit('wrong')).rejects.toMatchObject({ code: 'identity/directory-refused' });
    await expect(admit('')).rejects.toMatchObject({ code: 'identity/directory-refused' });
    const ada = await admit(inDirectory);
    expect(ada).toMatchObject({ source: 'directory', mustChangePassword: false });
    const signIn = (password: string) => connect().client.vault.unlock({ userName: 'ada', password });
    await signIn(inDirectory);
    await expect(signIn('wrong')).rejects.toMatchObject({ code: 'identity/directory-refused' });
    await expect(signIn('')).rejects.toMatchObject({ code: 'identity/directory-refused' });
    await expect(owner.client.identity.resetPassword({ id: ada.id, password: own })).rejects.toMatchObject({
      code: 'identity/directory-password',
    });

    // Who tries the settings with passwords of somebody is on record and locked out like at a sign-in.
    const tried = (password: string) => owner.client.identity.testDirectory({ userName: 'eve', password });
    for (let tries = 0; tries < 5; tries += 1) expect(await tried('wrong')).toMatchObject({ signedIn: false });
    await expect(tried('wrong')).rejects.toMatchObject({ code: 'identity/locked-out' });
    await expect(admit('wrong', 'eve')).rejects.toMatchObject({ code: 'identity/locked-out' });
    const leaves = (await owner.client.audit.list({ search: 'test-directory' })).entries;
    expect(leaves.map(({ outcome }) => outcome)).toEqual(['failed', ...Array.from({ length: 5 }, () => 'denied'), 'done']);
    expect(JSON.stringify(leaves)).not.toContain('wrong');

    // Changed there: the new one is taken over while the vault is open, the old one is worth nothing.
    await directory.setPassword('ada', 'Velvet+Anchor+15');
    await expect(signIn(inDirectory)).rejects.toMatchObject({ code: 'identity/directory-refused' });
    await signIn('Velvet+Anchor+15');
    await relock(owner);
    const closed = connect();
    await expect(closed.client.vault.unlock({ userName: 'ada', password: inDirectory })).rejects.toMatchObject({
      code: 'vault/wrong-password',
    });
    await closed.client.vault.unlock({ userName: 'ada', password: 'Velvet+Anchor+15' });
    await relock(closed);

    // The password still opens the key slot, but the directory says no: the vault stays closed.
    await directory.remove('ada');
    const refused = connect();
    await expect(refused.client.vault.unlock({ userName: 'ada', password: 'Velvet+Anchor+15' })).rejects.toMatchObject({
      code: 'identity/directory-refused',
    });
    expect(await refused.client.vault.status()).toMatchObject({ state: 'locked' });
    await refused.client.vault.unlock({ userName: 'root', password: own });
    expect((await refused.client.audit.list({ search: 'adopt-directory-password' })).entries).toMatchObject([
      { actor: 'ada', outcome: 'done' },
    ]);
    expect((await refused.client.audit.list({ search: 'sign-in', outcome: 'done' })).entries[0]).toMatchObject({
      details: { directory: 'confirmed' },
    });

    // Nobody answers: the password that was last valid opens, and that is on record. Another authority is no such reason.
    await refused.client.identity.setDirectory({ ...settings(directory), caCertificate: directory.otherCa });
    await expect(signIn('Velvet+Anchor+15')).rejects.toMatchObject({ code: 'identity/directory-untrusted' });
    await refused.client.identity.setDirectory(settings(directory));
    await directory.stop();
    await signIn('Velvet+Anchor+15');
    expect((await refused.client.audit.list({ search: 'sign-in', outcome: 'done' })).entries[0]).toMatchObject({
      details: { directory: 'unreachable' },
    });
    await refused.client.identity.setDirectory({ ...settings(directory), enabled: false });
    await expect(signIn('Velvet+Anchor+15')).rejects.toMatchObject({ code: 'identity/directory-off' });
  });
});
