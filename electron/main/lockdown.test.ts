import { expect, test } from 'vitest';
import { forbidNetwork, lockContents, lockSession } from './lockdown.ts';
import { isTrustedSender, trustedIpc } from './sender.ts';
import { allowed, AppDouble, ContentsDouble, IpcDouble, SessionDouble } from './testing/electron-double.ts';

const foreign = [
  'https://example.org/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'ws://x/',
  'app://other/',
  'about:blank',
  'javascript:alert(1)',
  'chrome://gpu/',
];

test('denies every permission, asked for or checked, and every device', () => {
  const session = new SessionDouble();
  lockSession(session, '/nowhere', false);
  const permissions = [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'clipboard-sanitized-write',
    'fileSystem',
    'openExternal',
    'usb',
    'unknown',
  ] as const;
  const answers = permissions.map((permission) => {
    let granted: boolean | null = null;
    session.request?.({} as never, permission, (answer) => (granted = answer), {} as never);
    return [granted, session.check?.(null, permission, 'app://redoubt', {} as never)];
  });
  expect(answers).toEqual(permissions.map(() => [false, false]));
  expect(session.device?.({} as never)).toBe(false);
  let streams: unknown = 'none';
  session.display?.({} as never, (answer) => (streams = answer));
  expect(streams).toBeNull();
  expect({ spellChecker: session.spellChecker, proxy: session.proxy }).toEqual({ spellChecker: false, proxy: { mode: 'direct' } });
});

test('cancels every request that is not for the application itself', () => {
  const session = new SessionDouble();
  lockSession(session, '/nowhere', false);
  expect([...foreign, 'devtools://devtools/x.js', 'blob:https://example.org/1', 'data-x:1'].filter((url) => !session.cancels(url))).toEqual(
    [],
  );
  expect(
    ['app://redoubt/', 'app://redoubt/a.js', 'blob:app://redoubt/1', 'data:image/png;base64,AA=='].filter((url) => session.cancels(url)),
  ).toEqual([]);
  const developing = new SessionDouble();
  lockSession(developing, '/nowhere', true);
  expect(developing.cancels('devtools://devtools/x.js')).toBe(false);
});

test('saves only what the page made itself', () => {
  const session = new SessionDouble();
  lockSession(session, '/nowhere', false);
  const saves = (url: string) => allowed((event) => session.emit('will-download', event, { getURL: () => url }));
  expect([saves('blob:app://redoubt/1'), saves('https://example.org/x.exe'), saves('data:text/html,x')]).toEqual([true, false, false]);
});

test('keeps every page at home: no navigation, redirect, window or web view', () => {
  const contents = new ContentsDouble();
  lockContents(contents);
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    expect(foreign.filter((url) => contents.navigate(event, url))).toEqual([]);
    expect(contents.navigate(event, 'app://redoubt/#/runs')).toBe(true);
  }
  expect(allowed((event) => contents.emit('will-attach-webview', event))).toBe(false);
  expect(contents.openHandler?.({ url: 'app://redoubt/' } as never)).toEqual({ action: 'deny' });
});

test('resolves no names and keeps Chromium quiet before it is ready', () => {
  const app = new AppDouble('/nowhere');
  forbidNetwork(app);
  expect(app.sandboxed).toBe(true);
  expect(app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect([...app.switches.keys()]).toEqual(
    expect.arrayContaining(['disable-background-networking', 'disable-component-update', 'disable-sync', 'no-pings', 'disable-quic']),
  );
});

test('hears only the top frame of exactly our origin', async () => {
  const sender = new ContentsDouble();
  const top = { origin: 'app://redoubt', parent: null };
  const strangers = [
    null,
    { origin: 'app://redoubt', parent: top as never },
    ...['null', '', 'app://redoubt.evil', 'app://redoubt/', 'https://redoubt', 'file://'].map((origin) => ({ origin, parent: null })),
  ];
  expect(isTrustedSender({ sender, senderFrame: top })).toBe(true);

  const ipcMain = new IpcDouble();
  const refused: string[] = [];
  const handled: unknown[] = [];
  const ipc = trustedIpc(ipcMain, (channel) => refused.push(channel));
  ipc.handle('ask', (_event, value) => (handled.push(value), 'answer'));
  ipc.on('tell', (_event, value) => void handled.push(value));
  for (const senderFrame of strangers) {
    await expect(ipcMain.receive('ask', { sender, senderFrame }, 1)).rejects.toThrow('may not ask');
    await ipcMain.receive('tell', { sender, senderFrame }, 1);
  }
  expect(handled).toEqual([]);
  expect(refused).toHaveLength(strangers.length * 2);
  expect(await ipcMain.receive('ask', { sender, senderFrame: top }, 2)).toBe('answer');
  await ipcMain.receive('tell', { sender, senderFrame: top }, 3);
  expect(handled).toEqual([2, 3]);
});
