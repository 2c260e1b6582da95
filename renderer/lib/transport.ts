import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { desktop } from './desktop.ts';

/** One open channel to core. `ended` aborts when it ends, for whatever reason. */
export type Transport = { readonly link: ClientLink<ClientContext>; readonly ended: AbortSignal };

const portMessage = 'redoubt:port';
const openTimeoutMs = 10_000;

/** Opens a channel: a message port in the desktop window, else a WebSocket to the host that served the page. */
export function openTransport(): Promise<Transport> {
  return desktop() ? openPort() : openSocket();
}

function openSocket(): Promise<Transport> {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`;
  const websocket = new WebSocket(address);
  const end = new AbortController();
  websocket.addEventListener('close', () => end.abort(), { once: true });
  const link = new SocketLink({ websocket: quietAfterClose(websocket) });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => websocket.close(), openTimeoutMs);
    websocket.addEventListener('open', () => (clearTimeout(timer), resolve({ link, ended: end.signal })), { once: true });
    end.signal.addEventListener('abort', () => reject(new Error('The channel to Redoubt did not open.')));
  });
}

/** The link still says "abort" to a socket that has ended and would throw where nobody can catch it; calls are failed by `ended`. */
function quietAfterClose(websocket: WebSocket): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    addEventListener: websocket.addEventListener.bind(websocket),
    removeEventListener: websocket.removeEventListener.bind(websocket),
    readyState: WebSocket.OPEN,
    send: (data) => {
      if (websocket.readyState === WebSocket.OPEN) websocket.send(data);
    },
  };
}

function openPort(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
    };
    const onMessage = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.origin !== location.origin || event.source !== window || event.data !== portMessage || !port) return;
      stop();
      const end = new AbortController();
      port.addEventListener('close', () => end.abort(), { once: true });
      // Electron tells a port that its other end is gone, the web does not; the shell's own word makes sure of it.
      const unlisten = desktop()?.onCoreDown(() => port.dispatchEvent(new Event('close')));
      if (unlisten) end.signal.addEventListener('abort', unlisten);
      const link = new PortLink({ port });
      port.start();
      resolve({ link, ended: end.signal });
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The channel to Redoubt did not open.'));
    }, openTimeoutMs);
    window.addEventListener('message', onMessage);
    desktop()?.requestPort();
  });
}
