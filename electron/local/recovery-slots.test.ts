import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery staple';

async function hostOf(vaultFolder: string) {
  const host = new Host({ host: 'cli', vaultFolder, kdfCost: floorCost, onLog: () => undefined });
  onTestFinished(() => host.stop());
  await host.start();
  return { host, client: connectClient(host).client, other: () => connectClient(host).client };
}

test(
  'who lost the password gets a new one with the recovery code, on a closed vault and on an open one; all of it is recorded',
  { timeout: 60_000 },
  async () => {
    const folder = temporaryFolder();
    const { host, client } = await hostOf(folder);
    await client.vault.create({ userName: 'ada', displayName: 'Ada', password });
    const { code } = await client.keys.beginRecovery();
    await client.keys.confirmRecovery({ code });
    const { shares } = await client.keys.beginCustodians({ threshold: 2, names: ['Li', 'Mo', 'Nan'] });
    await client.keys.confirmCustodians({ shares: shares.map(({ text }) => text).slice(1) });
    await host.stop();

    const again = await hostOf(folder);
    expect(await again.client.vault.status()).toMatchObject({
      state: 'locked',
      ways: { recovery: true, custodians: { threshold: 2 }, token: false, certificate: false },
    });
    const recover = { userName: 'Ada', newPassword: 'a new pass phrase', code };
    await expect(again.client.vault.recover({ ...recover, userName: 'eve' })).rejects.toMatchObject({ code: 'identity/unknown-person' });
    await expect(again.client.vault.recover({ ...recover, newPassword: 'password' })).rejects.toMatchObject({
      code: 'identity/password-common',
    });
    expect(await again.client.vault.status()).toMatchObject({ state: 'locked' });
    expect(await again.client.vault.recover(recover)).toMatchObject({ person: { userName: 'ada', secondFactor: null } });

    const other = again.other();
    await expect(other.vault.unlock({ userName: 'ada', password })).rejects.toMatchObject({ code: 'vault/wrong-password' });
    await expect(other.vault.recover({ ...recover, shares: [shares[0]?.text ?? ''], code: undefined })).rejects.toMatchObject({
      code: 'vault/too-few-shares',
    });
    const byShares = { userName: 'ada', newPassword: 'another pass phrase', shares: shares.slice(0, 2).map(({ text }) => text) };
    await other.vault.recover(byShares);
    // Whoever was signed in with the former password is not any more.
    await expect(again.client.keys.slots()).rejects.toMatchObject({ code: 'identity/not-signed-in' });

    expect(await other.vault.check()).toMatchObject({
      ok: true,
      database: { problems: [] },
      slots: { count: 3, sealed: true },
      blobs: { damaged: 0, missing: 0 },
    });
    const { entries: leaves } = await other.audit.list({ limit: 100 });
    const actions = leaves
      .filter(({ action }) => action === 'vault.recover' || action.startsWith('keys.'))
      .map(({ action, outcome, reason, details }) => ({ action, outcome, reason, details }));
    expect(actions.toReversed()).toMatchObject([
      { action: 'keys.begin-recovery', outcome: 'done' },
      { action: 'keys.confirm-recovery', outcome: 'done' },
      { action: 'keys.begin-custodians', outcome: 'done', details: { threshold: 2, count: 3 } },
      { action: 'keys.confirm-custodians', outcome: 'done' },
      { action: 'vault.recover', outcome: 'done', details: { by: 'recovery' } },
      { action: 'vault.recover', outcome: 'denied', reason: 'vault/too-few-shares' },
      { action: 'vault.recover', outcome: 'done', details: { by: 'custodians' } },
    ]);
    for (const secret of [code, ...shares.map(({ text }) => text), 'pass phrase']) expect(JSON.stringify(leaves)).not.toContain(secret);
  },
);
