import { Core } from '../core/core.ts';
import type { CoreOptions } from '../core/core-options.ts';
import type { ReaderProtocol } from '../core/documents/reader.protocol.ts';
import type { EngineProtocol } from '../core/inference/engine.protocol.ts';
import { WorkerLink } from '../core/ipc/worker-link.ts';
import { stderrLog } from '../core/log.ts';
import { Clients, type ClientPort } from '../core/rpc/clients.ts';
import { PageSockets } from '../core/rpc/page-sockets.ts';
import { RemoteKeychain } from '../core/vault/factors/keychain/remote-keychain.ts';
import { denyNetwork } from './deny-network.ts';
import { noCoreDump } from './no-core-dump.ts';
import { connectParent } from './parent.ts';
import { receivedChannel } from './received-channel.ts';

noCoreDump();
const door = denyNetwork();
const parent = connectParent();
const options = JSON.parse(process.env['REDOUBT_CORE'] ?? '{}') as CoreOptions;
const workers = {
  inference: new WorkerLink<EngineProtocol>('inference'),
  documents: new WorkerLink<ReaderProtocol>('documents'),
};
const keychain = new RemoteKeychain((request) => parent.post(request));
const core = new Core(options, workers, stderrLog, {
  locked: () => parent.post({ type: 'locked' }),
  busy: (ms) => parent.post({ type: 'busy', ms }),
  keychain: options.keychain ? keychain : undefined,
  openConnection: door,
});
const clients = new Clients(core);
const pages = new PageSockets(clients);

parent.onMessage((message, transferred) => {
  switch (message.type) {
    case 'ping':
      return parent.post({ type: 'pong' });
    case 'stop':
      return void core.close().finally(() => {
        pages.close();
        process.exit(0);
      });
    case 'lock':
      return void core.lockByHost(message.reason);
    case 'power':
      return core.power.note(message.onBattery);
    case 'peer/up':
      return workers[message.peer].up(receivedChannel(transferred[0]));
    case 'peer/down':
      return workers[message.peer].down(message.reason);
    case 'processes':
      core.processes = message.processes;
      return;
    case 'client/open': {
      const { clientId, paths } = message;
      const port = transferred[0] as ClientPort | undefined;
      if (port) return clients.openPort(clientId, paths, port);
      return clients.openRelayed(clientId, paths, (data) => parent.post({ type: 'client/message', clientId, data }));
    }
    case 'client/socket':
      return pages.accept(message.clientId, message.handshake, transferred[0]);
    case 'client/close-sockets':
      return pages.close();
    case 'client/message':
      return clients.receive(message.clientId, message.data);
    case 'client/close':
      return clients.close(message.clientId);
    case 'keychain/answer':
      return keychain.receive(message);
    case 'core/up':
    case 'core/down':
      return;
  }
});
parent.post({ type: 'ready' });
