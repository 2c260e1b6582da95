import { createServer, connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { Filter, FilterParser } from 'ldapts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { slapdMissing, startSlapd, type Directory } from '../../testing/slapd.ts';
import { addressOf, askDirectory } from './ask-directory.ts';
import type { StoredDirectory } from './directory-settings.ts';
import { escapeFilterValue } from './escape-filter.ts';

const open = (host: string, port: number) => connect({ host, port });
const settingsOf = (directory: Directory, change: Partial<StoredDirectory> = {}): StoredDirectory => ({
  enabled: true,
  url: directory.ldaps,
  caCertificate: directory.ca,
  baseDn: directory.baseDn,
  userFilter: '(&(objectClass=inetOrgPerson)(uid={user}))',
  bindDn: directory.searchDn,
  bindPassword: directory.searchPassword,
  ...change,
});

test('whatever is typed as a name stays one value of the filter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      fc.pre(name.isWellFormed());
      const filter = FilterParser.parseString(`(&(objectClass=person)(uid=${escapeFilterValue(name)}))`);
      expect(filter).toBeInstanceOf(Filter);
      const parts = (filter as unknown as { filters: { attribute: string; value?: string }[] }).filters;
      expect(parts.map(({ attribute }) => attribute)).toEqual(['objectClass', 'uid']);
      if (name !== '') expect(parts[1]?.value).toBe(name.normalize('NFC'));
    }),
    { numRuns: 2000 },
  );
});

test('addresses and settings that cannot be right are refused before anything is sent', () => {
  const good = {
    enabled: true,
    url: 'ldaps://dir.test',
    caCertificate: '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----',
    baseDn: 'dc=test',
    userFilter: '(uid={user})',
    bindDn: '',
    bindPassword: '',
  };
  expect(addressOf(good)).toEqual({ host: 'dir.test', port: 636, secure: true });
  expect(addressOf({ ...good, url: 'ldap://[::1]:1389/' })).toEqual({ host: '::1', port: 1389, secure: false });
  for (const change of [
    { url: 'http://dir.test' },
    { url: 'ldaps://user@dir.test' },
    { url: 'ldaps://dir.test/dc=x??sub' },
    { caCertificate: '' },
    { baseDn: ' ' },
    { userFilter: '(uid=ada)' },
    { userFilter: 'uid={user}' },
  ])
    expect(() => addressOf({ ...good, ...change }), JSON.stringify(change)).toThrow(
      expect.objectContaining({ code: 'identity/directory-bad-settings' }),
    );
});

describe.skipIf(slapdMissing())('against OpenLDAP', () => {
  test('the right password signs in over ldaps and over StartTLS; every other does not', async () => {
    const directory = await startSlapd();
    for (const url of [directory.ldaps, directory.ldap]) {
      const ask = (name: string, password: string | null) => askDirectory(settingsOf(directory, { url }), open, name, password);
      expect(await ask('ada', 'Trumpet-Gravel-47')).toEqual({ dn: 'uid=ada,ou=people,dc=hospital,dc=test', signedIn: true });
      expect(await ask('李雷', '正确的密码-47')).toMatchObject({ signedIn: true });
      expect(await ask('李', '正确的密码-47')).toEqual({ dn: null, signedIn: false });
      expect(await ask('ada', null)).toMatchObject({ signedIn: null });
      for (const password of ['', 'wrong', 'Window-Cactus-81', 'trumpet-gravel-47'])
        expect(await ask('ada', password), password).toMatchObject({ signedIn: false });
      for (const name of ['*', 'a*', 'ada)(uid=*', 'ada)(|(uid=*)', 'ada\\2a', 'ada\u0000', 'nobody', 'uid=ada,ou=people', ''])
        expect(await ask(name, 'Trumpet-Gravel-47'), name).toEqual({ dn: null, signedIn: false });
    }
    await directory.remove('ada');
    expect(await askDirectory(settingsOf(directory), open, 'ada', 'Trumpet-Gravel-47')).toEqual({ dn: null, signedIn: false });
    expect(directory.followed()).toBe(0);
  });

  test('nothing is sent to a server of another authority or another name', async () => {
    const directory = await startSlapd();
    const ask = (change: Partial<StoredDirectory>) => askDirectory(settingsOf(directory, change), open, 'ada', 'Trumpet-Gravel-47');
    for (const url of [directory.ldaps, directory.ldap]) {
      await expect(ask({ url, caCertificate: directory.otherCa })).rejects.toMatchObject({ code: 'identity/directory-untrusted' });
      await expect(ask({ url: url.replace('localhost', '127.0.0.1') })).rejects.toMatchObject({ code: 'identity/directory-untrusted' });
    }
    await expect(ask({ bindPassword: 'wrong' })).rejects.toMatchObject({ code: 'identity/directory-failed' });
    // Nobody may search without an account there.
    await expect(ask({ bindDn: '', bindPassword: '' })).rejects.toMatchObject({ code: 'identity/directory-failed' });
    await directory.stop();
    await expect(ask({})).rejects.toMatchObject({ code: 'identity/directory-unreachable' });
  });
});

test('a server that refuses StartTLS gets no password, and there is no second connection in the clear', async () => {
  const received: Buffer[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received.push(data);
      // LDAP message 1: extended response, unwilling to perform.
      socket.write(Buffer.from('300c02010178070a01350400 0400'.replaceAll(' ', ''), 'hex'));
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const settings: StoredDirectory = {
    enabled: true,
    url: `ldap://127.0.0.1:${port}`,
    caCertificate: '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----',
    baseDn: 'dc=test',
    userFilter: '(uid={user})',
    bindDn: 'cn=search',
    bindPassword: 'secret-of-search',
  };
  await expect(askDirectory(settings, open, 'ada', 'secret-of-ada')).rejects.toMatchObject({ code: 'identity/directory-failed' });
  expect(Buffer.concat(received).toString('latin1')).not.toContain('secret');
  expect(connections).toBe(1);
});
