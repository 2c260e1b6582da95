import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../core/testing/folder.ts';
import { Tokens } from '../core/vault/factors/token/tokens.ts';
import { openPersonSlot } from '../core/vault/slots/person-slot.ts';
import { currentKey } from '../core/vault/key-ring.ts';
import { subKey } from '../core/vault/sub-keys.ts';
import { readVaultFile } from '../core/vault/vault-file.ts';
import type { Client } from './client.ts';
import { childrenOf, findInMemory } from './testing/process-memory.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));
const word = () => `Kanarie${randomBytes(9).toString('hex')}`;

/** The local host as a person starts it, with folders of its own, and what it says. */
async function started() {
  const folders = { vault: temporaryFolder(), temporary: temporaryFolder(), state: temporaryFolder() };
  const host = spawn(process.execPath, ['--no-warnings', entry, '--no-open', '--vault', folders.vault], {
    env: { PATH: process.env['PATH'], HOME: folders.state, TMPDIR: folders.temporary, XDG_STATE_HOME: folders.state },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void host.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface({ input: host.stderr }).on('line', (line) => lines.push(line));
  const output = createInterface({ input: host.stdout });
  output.on('line', (line) => lines.push(line));
  let link = '';
  while (!link) link = /http:\S+/.exec(String((await once(output, 'line'))[0]))?.[0] ?? '';
  const cookie = (await fetch(link, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const { host: authority, origin } = new URL(link);
  const connect = async () => {
    const socket = new WebSocket(`ws://${authority}/rpc`, { headers: { cookie, origin } });
    await once(socket, 'open');
    return { client: createORPCClient<Client>(new RPCLink({ websocket: socket as never })), closed: once(socket, 'close') };
  };
  return { host, pid: host.pid ?? 0, folders, lines, connect };
}

async function upload(client: Client, name: string, text: string) {
  const bytes = Buffer.from(text);
  const { uploadId } = await client.files.beginUpload({ name, size: bytes.length });
  await client.files.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') });
  return { name, source: { kind: 'upload' as const, uploadId } };
}

/** A document, a run whose output holds its text, and a chat about it. */
async function work(client: Client, secrets: { content: string; fileName: string; message: string }) {
  const file = await upload(client, `${secrets.fileName}.txt`, `Name: Ada Quill\n${secrets.content}\n`.repeat(50));
  const [imported] = await client.documents.import({ files: [file] });
  const [flow] = await client.flows.list();
  const run = await client.runs.start({ flowId: flow?.id ?? '', documentIds: [imported?.id ?? ''] });
  await expect.poll(async () => (await client.runs.get({ id: run.id })).finishedAt, { timeout: 60_000 }).not.toBeNull();
  const { items } = await client.runs.get({ id: run.id });
  const conversation = await client.chat.create({});
  const answer = await client.chat.send({ conversationId: conversation.id, text: secrets.message, documentIds: [imported?.id ?? ''] });
  for await (const _ of answer);
  return JSON.stringify(items);
}

/** Every byte of a text as the processes might hold it. */
function needlesOf(texts: Readonly<Record<string, string>>, keys: Readonly<Record<string, Buffer>>): Map<string, Buffer> {
  const needles = new Map<string, Buffer>();
  for (const [name, text] of Object.entries(texts)) {
    needles.set(name, Buffer.from(text)).set(`${name} (UTF-16)`, Buffer.from(text, 'utf16le'));
  }
  for (const [name, key] of Object.entries(keys)) needles.set(name, key).set(`${name} (hex)`, Buffer.from(key.toString('hex')));
  return needles;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

const isLinux = process.platform === 'linux';

test.skipIf(!isLinux)(
  'after a lock neither content, names, password nor vault key is in the memory of any process, and none of it ever is on disk or in a log',
  { timeout: 240_000 },
  async () => {
    const { host, pid, folders, lines, connect } = await started();
    const secrets = { content: word(), fileName: word(), message: word(), password: word(), person: word() };
    const { client, closed } = await connect();
    await client.vault.create({ userName: 'ada', displayName: secrets.person, password: secrets.password });
    const output = await work(client, secrets);
    expect(output).toContain(secrets.content);

    const file = readVaultFile(folders.vault);
    if (!file) throw new Error('no vault');
    const ring = await openPersonSlot(file, 'ada', { password: secrets.password }, { tokens: new Tokens([]), keychain: null });
    const vaultKey = currentKey(ring);
    const needles = needlesOf(secrets, { 'vault key': vaultKey, 'database key': subKey(vaultKey, file.vaultId, 'database') });
    const processes = () => [pid, ...childrenOf(pid)];
    expect(processes()).toHaveLength(4);
    for (const each of processes()) expect(readFileSync(`/proc/${each}/coredump_filter`, 'utf8').trim()).toBe('00000000');

    // The control: while the vault is open the search finds all of it, and the host has nothing of it even now.
    const before = processes();
    const inCore = new Set(childrenOf(pid).flatMap((each) => findInMemory(each, needles)));
    for (const name of ['content', 'fileName', 'message', 'person', 'vault key']) expect(inCore).toContain(name);
    expect(findInMemory(pid, needles)).toEqual([]);

    await client.vault.lock();
    await closed;
    const again = await connect();
    expect(await again.client.vault.status()).toMatchObject({ state: 'locked' });
    await expect.poll(() => processes().filter((each) => each !== pid && before.includes(each)), { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => processes().length, { timeout: 30_000 }).toBe(4);
    for (const each of processes()) expect([each === pid ? 'host' : each, findInMemory(each, needles)]).toEqual([expect.anything(), []]);

    const ended = once(host, 'exit');
    host.kill('SIGTERM');
    await ended;
    const files = Object.values(folders).flatMap(filesBelow);
    expect(files.length).toBeGreaterThan(5);
    const said = Buffer.from([...lines, ...files].join('\n'));
    for (const [name, needle] of needles) {
      expect([name, said.includes(needle)]).toEqual([name, false]);
      for (const path of files) expect([name, path, readFileSync(path).includes(needle)]).toEqual([name, path, false]);
    }
    expect(readdirSync(folders.temporary)).toEqual([]);
  },
);
