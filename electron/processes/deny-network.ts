import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
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
  for (const method of ['send', 'bind', 'connect'] as const) dgram.Socket.prototype[method] = deny;
  for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    for (const name of Object.getOwnPropertyNames(owner))
      if (/^(lookup|resolve|reverse)/.test(name)) Object.assign(owner, { [name]: deny });
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Object.defineProperty(globalThis, name, { value: deny, configurable: false, writable: false });
  // Names imported one by one are copies until they are brought up to date.
  syncBuiltinESMExports();
}
