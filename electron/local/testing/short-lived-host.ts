// A host of its own process, for tests that kill it. Arguments: vault folder, password. Tells the ids of its processes once its vault is open.
import { floorCost } from '../../core/vault/kdf.ts';
import { connectClient } from '../client.ts';
import { Host } from '../host.ts';

const [vaultFolder, password = ''] = process.argv.slice(2);
const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder, onLog: () => undefined });
await host.start();
await connectClient(host).client.vault.create({ userName: 'ada', displayName: 'Ada', password });
process.send?.(host.processes.flatMap(({ name, pid }) => (name === 'main' || pid === null ? [] : [pid])));
