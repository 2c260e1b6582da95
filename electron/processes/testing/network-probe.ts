// Tries every way to the network that a library might take, once it is denied. Prints those that were not.
import { createSocket } from 'node:dgram';
import { lookup, resolve4, Resolver } from 'node:dns';
import { lookup as lookupLater, resolve4 as resolveLater, Resolver as LaterResolver } from 'node:dns/promises';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { denyNetwork } from '../deny-network.ts';

denyNetwork();
const ways: Record<string, () => unknown> = {
  connect: () => connect(9, '127.0.0.1'),
  listen: () => createServer().listen(0),
  http: () => get('http://127.0.0.1:9'),
  fetch: () => fetch('http://127.0.0.1:9'),
  datagram: () => createSocket('udp4').send('x', 9, '127.0.0.1'),
  lookup: () => lookup('localhost', () => undefined),
  resolve: () => resolve4('localhost', () => undefined),
  resolver: () => new Resolver().resolve4('localhost', () => undefined),
  lookupLater: () => lookupLater('localhost'),
  resolveLater: () => resolveLater('localhost'),
  laterResolver: () => new LaterResolver().resolve4('localhost'),
};
const open: string[] = [];
for (const [name, way] of Object.entries(ways)) {
  try {
    await way();
    open.push(name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'network/denied') open.push(name);
  }
}
process.stdout.write(JSON.stringify(open), () => process.exit(0));
