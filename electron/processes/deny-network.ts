import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { AppError } from '../core/errors.ts';

/** Opens a connection in spite of the denial; only whoever is handed this can. */
export type NetworkDoor = (host: string, port: number) => net.Socket;

/**
 * Closes every way JavaScript has to the network in this process, and answers the one door that is left. It is a guard
 * against our own and our libraries' code reaching out by mistake, not a sandbox against native code.
 */
export function denyNetwork(): NetworkDoor {
  // The unbound originals, taken before they are replaced.
  const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
  const { lookup } = dns;
  const deny = (): never => {
    throw new AppError('network/denied', 'This process has no network. Nothing was sent.');
  };
  net.Socket.prototype.connect = deny;
  net.Server.prototype.listen = deny;
  dgram.createSocket = deny;
  for (const method of ['send', 'bind', 'connect'] as const) dgram.Socket.prototype[method] = deny;
  for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    for (const name of Object.getOwnPropertyNames(owner))
      if (/^(lookup|resolve|reverse)/.test(name)) Object.assign(owner, { [name]: deny });
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Object.defineProperty(globalThis, name, { value: deny, configurable: false, writable: false });
  // Names imported one by one are copies until they are brought up to date.
  syncBuiltinESMExports();
  return (host, port) => {
    const socket = new net.Socket();
    Reflect.apply(connect as typeof socket.connect, socket, [{ host, port, lookup }]);
    return socket;
  };
}
