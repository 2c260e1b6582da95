import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';
const first = 'Trumpet-Gravel-47';
const own = 'Velvet+Anchor+15';

test('a vault is separated: the owner works on as an analyst, each administrator does their own part and no other', async () => {
  const host = new Host({ host: 'local', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const { client: ada } = connectClient(host);
  await ada.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const [document] = await ada.documents.importSamples();
  const account = (userName: string) => ({ userName, displayName: userName, password: first });
  await ada.keys.confirmRecovery(await ada.keys.beginRecovery());
  await ada.identity.separateDuties({ system: account('syd'), security: account('sue'), audit: account('aud'), ownRole: 'analyst' });
  expect(await ada.identity.current()).toMatchObject({ person: { role: 'analyst' } });
  await expect(ada.audit.list({})).rejects.toMatchObject({ code: 'identity/denied' });
  expect(await ada.policies.get()).toMatchObject({ mode: 'separated', policies: { secondFactor: 'optional', approvalHours: 24 } });

  const signIn = async (userName: string) => {
    const { client } = connectClient(host);
    const session = await client.vault.unlock({ userName, password: first });
    expect(session.person.mustChangePassword).toBe(true);
    await expect(client.identity.listPeople()).rejects.toMatchObject({ code: 'identity/password-change-required' });
    await client.identity.changePassword({ currentPassword: first, newPassword: own });
    return client;
  };
  const [system, security, audit] = [await signIn('syd'), await signIn('sue'), await signIn('aud')];
  // None of them reaches content, whatever id they know.
  for (const client of [system, security, audit])
    await expect(client.documents.get({ id: document?.id ?? '' })).rejects.toMatchObject({ code: 'identity/denied' });

  const viewer = await system.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'viewer', password: first });
  expect(viewer.mustChangePassword).toBe(true);
  await expect(system.identity.createPerson({ ...account('eve'), role: 'security-administrator' })).rejects.toMatchObject({
    code: 'identity/appointed-role',
  });
  await expect(system.identity.setRole({ id: viewer.id, role: 'analyst' })).rejects.toMatchObject({ code: 'identity/denied' });
  const promote = () => security.identity.setRole({ id: viewer.id, role: 'analyst' });
  await expect(promote()).rejects.toMatchObject({ code: 'approvals/required' });
  const [waiting] = await system.approvals.list();
  await system.approvals.decide({ id: waiting?.id ?? '', approved: true });
  expect(await promote()).toMatchObject({ role: 'analyst' });
  // To take over an account by a new password takes two as well.
  await expect(system.identity.resetPassword({ id: viewer.id, password: first })).rejects.toMatchObject({ code: 'approvals/required' });

  const { entries } = await audit.audit.list({});
  const acts = entries.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`);
  for (const act of [
    'ada identity.separate-duties done',
    'sue identity.set-role done',
    'syd approvals.decide done',
    'syd identity.set-role denied',
    'sue documents.get denied',
  ])
    expect(acts).toContain(act);
  expect(await audit.audit.verify()).toMatchObject({ ok: true });
});
