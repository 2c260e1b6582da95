import type { AppPart, ContentsPart, SessionPart } from './electron-parts.ts';
import { isPageUrl, pageOrigin, pageScheme, pageResponder } from './page-protocol.ts';

/** Chromium's own conversations with the outside, and name resolution as a whole, off. */
const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-breakpad'],
  ['disable-quic'],
  ['no-pings'],
  ['no-first-run'],
  ['no-proxy-server'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];

/** Must run before the application is ready. */
export function forbidNetwork(app: AppPart): void {
  app.enableSandbox();
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
}

/** True for what the page may load: its own files, and pictures and downloads it made itself. */
function isOwnRequest(url: string, developerTools: boolean): boolean {
  if (isPageUrl(url) || url.startsWith(`blob:${pageOrigin}/`) || url.startsWith('data:')) return true;
  return developerTools && url.startsWith('devtools://');
}

/** Serves the page, cancels every other request and denies every permission, asked for or merely checked. */
export function lockSession(session: SessionPart, pageRoot: string, developerTools: boolean): void {
  session.protocol.handle(pageScheme, pageResponder(pageRoot));
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isOwnRequest(url, developerTools) }));
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setSpellCheckerEnabled(false);
  void session.setProxy({ mode: 'direct' });
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`)) event.preventDefault();
  });
}

/** No page leaves its origin, opens another window or embeds a web view. */
export function lockContents(contents: ContentsPart): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
