/** IPC channels between the preload and main. Alone in this file, so that the preload's bundle holds nothing else. */
export const bridgeChannels = {
  requestPort: 'redoubt:request-port',
  openFiles: 'redoubt:open-files',
  preferences: 'redoubt:preferences',
  menu: 'redoubt:menu',
  coreDown: 'redoubt:core-down',
} as const;
