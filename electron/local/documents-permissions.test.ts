import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listSamples } from '../core/documents/samples.ts';
import type { ReaderProtocol } from '../core/documents/reader.protocol.ts';
import { socketChannel } from '../core/ipc/socket-channel.ts';
import { WorkerLink } from '../core/ipc/worker-link.ts';
import type { FromChild } from '../core/supervision/messages.ts';
import { documentsExecArgv } from './documents-permissions.ts';
import { applicationFolder } from './places.ts';
import { socketPair } from './socket-pair.ts';

const execArgv = documentsExecArgv(applicationFolder());

it('lets the documents process do all its work', async () => {
  const child = fork(join(applicationFolder(), 'electron/processes/documents.ts'), [], {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const link = linkTo(child);
  const folder = join(applicationFolder(), 'resources/samples');
  for (const { file, identifiers } of listSamples(folder)) {
    let text = '';
    const bytes = readFileSync(join(folder, file));
    await link.call('read', { bytes, name: file, ocr: 'auto' }, { onEvent: (event) => event.type === 'page' && (text += event.page.text) });
    expect(identifiers.filter(({ value }) => !text.includes(value))).toEqual([]);
    expect((await link.call('renderPage', { bytes, name: file, number: 1, maxSide: 300 })).bytes.length).toBeGreaterThan(500);
  }
});

it('keeps it from reading elsewhere, writing and starting programs', () => {
  const attempts = `
    const fs = require('node:fs'), { spawnSync } = require('node:child_process');
    const codes = [() => fs.readFileSync('/etc/hostname'), () => fs.readdirSync(${JSON.stringify(tmpdir())}),
      () => fs.writeFileSync(${JSON.stringify(join(tmpdir(), 'redoubt-never'))}, 'x'), () => spawnSync('echo')].map((attempt) => {
      try { attempt(); return 'allowed'; } catch (error) { return error.code; }
    });
    console.log(JSON.stringify(codes));`;
  const { stdout } = spawnSync(process.execPath, [...execArgv, '--no-warnings', '-e', attempts], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual(Array.from({ length: 4 }, () => 'ERR_ACCESS_DENIED'));
});

function linkTo(child: ChildProcess): WorkerLink<ReaderProtocol> {
  const link = new WorkerLink<ReaderProtocol>('documents');
  child.on('message', (message: FromChild) => {
    if (message.type === 'ready') void connect();
  });
  const connect = async () => {
    const [own, other] = (await socketPair()).ends as [Socket, Socket];
    child.send({ type: 'core/up' }, other);
    link.up(socketChannel(own));
  };
  child.on('exit', () => link.down('ended'));
  return link;
}
