import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.ts';

const slapd = ['/usr/sbin/slapd', '/usr/local/sbin/slapd'].find((path) => existsSync(path)) ?? null;
const modules = ['/usr/lib/ldap', '/usr/local/libexec/openldap'].find((path) => existsSync(path)) ?? '';
const schemas = ['/etc/ldap/schema', '/usr/local/etc/openldap/schema'].find((path) => existsSync(path)) ?? '';

/** Says so where a test that needs a directory server cannot run. */
export function slapdMissing(): boolean {
  const missing = slapd === null || modules === '' || schemas === '';
  if (missing) process.stderr.write('SKIPPED: OpenLDAP is not installed (package slapd); the tests of directory sign-in do not run.\n');
  return missing;
}

export type Directory = {
  readonly baseDn: string;
  readonly ldap: string;
  readonly ldaps: string;
  readonly ca: string;
  readonly otherCa: string;
  readonly searchDn: string;
  readonly searchPassword: string;
  /** How often somebody followed the referral that lies in the directory. */
  readonly followed: () => number;
  setPassword(uid: string, password: string): Promise<void>;
  remove(uid: string): Promise<void>;
  stop(): Promise<void>;
};

const baseDn = 'dc=hospital,dc=test';
const root = { dn: `cn=root,${baseDn}`, password: 'root-of-the-directory' };

/** A real OpenLDAP on loopback with a certificate authority of its own, whose certificate is for `localhost`; and the people `ada`, `bob` and `李雷`. */
export async function startSlapd(): Promise<Directory> {
  const folder = temporaryFolder();
  const authority = (name: string) => makeAuthority(folder, name);
  authority('ca');
  authority('other');
  issue(folder, 'ca', 'server', 'DNS:localhost');
  const referral = await canary();
  const [port, securePort] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'slapd.conf'), configuration(folder));
  writeFileSync(join(folder, 'data.ldif'), entries(referral.port));
  run('slapadd', ['-f', join(folder, 'slapd.conf'), '-l', join(folder, 'data.ldif')]);
  const [ldap, ldaps] = [`ldap://localhost:${port}`, `ldaps://localhost:${securePort}`];
  const server = spawn(
    slapd ?? '',
    ['-f', join(folder, 'slapd.conf'), '-h', `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${securePort}`, '-d', '0'],
    {
      stdio: 'ignore',
    },
  );
  const stop = () => stopped(server);
  onTestFinished(stop);
  const admin = async (work: (client: Client) => Promise<void>) => {
    const client = new Client({ url: `ldap://127.0.0.1:${port}` });
    try {
      await client.bind(root.dn, root.password);
      await work(client);
    } finally {
      await client.unbind();
    }
  };
  await reachable(() => admin(() => Promise.resolve()));
  const dnOf = (uid: string) => `uid=${uid},ou=people,${baseDn}`;
  return {
    baseDn,
    ldap,
    ldaps,
    ca: readFileSync(join(folder, 'ca.crt'), 'utf8'),
    otherCa: readFileSync(join(folder, 'other.crt'), 'utf8'),
    searchDn: `cn=search,${baseDn}`,
    searchPassword: 'may only search',
    followed: referral.connections,
    setPassword: (uid, password) =>
      admin((client) =>
        client.modify(
          dnOf(uid),
          new Change({ operation: 'replace', modification: new Attribute({ type: 'userPassword', values: [password] }) }),
        ),
      ),
    remove: (uid) => admin((client) => client.del(dnOf(uid))),
    stop,
  };
}

function configuration(folder: string): string {
  return `
modulepath ${modules}
moduleload back_mdb
include ${schemas}/core.schema
include ${schemas}/cosine.schema
include ${schemas}/inetorgperson.schema
TLSCACertificateFile ${join(folder, 'ca.crt')}
TLSCertificateFile ${join(folder, 'server.crt')}
TLSCertificateKeyFile ${join(folder, 'server.key')}
database mdb
maxsize 10485760
suffix "${baseDn}"
rootdn "${root.dn}"
rootpw ${root.password}
directory ${join(folder, 'data')}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=search,${baseDn}" read by * none
`;
}

function entries(referralPort: number): string {
  const line = (name: string, value: string) => `${name}:: ${Buffer.from(value).toString('base64')}\n`;
  const person = (uid: string, password: string) =>
    `${line('dn', `uid=${uid},ou=people,${baseDn}`)}objectClass: inetOrgPerson\n${line('uid', uid)}${line('cn', uid)}${line('sn', uid)}${line('userPassword', password)}`;
  return [
    `dn: ${baseDn}\nobjectClass: dcObject\nobjectClass: organization\no: Hospital\ndc: hospital\n`,
    `dn: cn=search,${baseDn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: search\nuserPassword: may only search\n`,
    `dn: ou=people,${baseDn}\nobjectClass: organizationalUnit\nou: people\n`,
    person('ada', 'Trumpet-Gravel-47'),
    person('bob', 'Window-Cactus-81'),
    person('李雷', '正确的密码-47'),
    `dn: ou=elsewhere,ou=people,${baseDn}\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://127.0.0.1:${referralPort}/${baseDn}\n`,
  ].join('\n');
}

function makeAuthority(folder: string, name: string): void {
  const key = join(folder, `${name}.key`);
  const subject = ['-subj', `/CN=${name} of the test`, '-days', '2', '-keyout', key, '-out', join(folder, `${name}.crt`)];
  run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject]);
}

function issue(folder: string, authority: string, name: string, alternative: string): void {
  const file = (extension: string, of = name) => join(folder, `${of}.${extension}`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key')];
  run('openssl', ['req', ...key, '-subj', `/CN=${name}`, '-out', file('csr')]);
  writeFileSync(file('ext'), `subjectAltName=${alternative}\n`);
  const from = ['-CA', file('crt', authority), '-CAkey', file('key', authority), '-CAcreateserial'];
  run('openssl', ['x509', '-req', '-in', file('csr'), ...from, '-days', '2', '-extfile', file('ext'), '-out', file('crt')]);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
  });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/** A server that counts who comes. */
async function canary(): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, connections: () => count };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function reachable(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await exit;
}
