import { openSockets } from '../network/open-sockets.ts';
import { found, type Check } from '../finding.ts';

/** GB/T 22239 8.1.4.4 b), 8.1.4.1 c); HIPAA 164.312(e)(1); PIPL 38, 51: nothing of Redoubt can be reached from another machine, and it reaches none but the directory. */
export const notExposed: Check = ({ processIds, directory }) => {
  const sockets = openSockets(processIds());
  if (!sockets) throw new Error(`the sockets of Redoubt cannot be listed here (${process.platform})`);
  const outside = sockets.listening.filter(({ loopback }) => !loopback).length;
  const { enabled, url } = directory();
  const allowed = enabled ? portOf(url) : null;
  const others = sockets.connected.filter(({ port }) => port !== allowed).length;
  const values = { listening: sockets.listening.length, outside, connections: sockets.connected.length, others, unread: sockets.unread };
  return found(outside === 0 && others === 0, { fact: 'sockets', values });
};

/** The directory's port. Its address is no help: the name may stand for many. */
function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'ldap:' ? 389 : 636) : Number(port);
}

/** GB/T 22239 8.1.4.7 a), 8.1.4.8 a); HIPAA 164.312(e)(2)(i), (ii): where something is transmitted it is over TLS with a checked certificate. */
export const protectedTransmission: Check = ({ directory }) => {
  const { enabled, url, caCertificate } = directory();
  const certificate = caCertificate.trim() !== '';
  return found(!enabled || certificate, { fact: 'directory', values: { enabled, url, certificate } });
};
