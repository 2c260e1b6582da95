import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { AppError } from '../core/errors.ts';

/**
 * Closes every way JavaScript has to the network in this process. It is a guard against our own and our
 * libraries' code reaching out by mistake, not a sandbox against native code.
 */
export function denyNetwork(): void {
  const deny = (): never => {
    throw new AppError('network/denied', 'This process has no network. Nothing was sent.');
  };
  net.Socket.prototype.connect = deny;
  net.Server.prototype.listen = deny;
  dgram.createSocket = deny;
  dns.lookup = deny as unknown as typeof dns.lookup;
  dns.resolve = deny as unknown as typeof dns.resolve;
  Object.assign(dns.promises, { lookup: deny, resolve: deny });
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Object.defineProperty(globalThis, name, { value: deny, configurable: false, writable: false });
}
