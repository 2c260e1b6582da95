declare module 'tesseract.js/src/worker-script/index.js' {
  type Adapter = {
    getCore: unknown;
    gunzip(data: Uint8Array): Uint8Array;
    fetch(): Promise<never>;
    readCache(file: string): Promise<Uint8Array>;
    writeCache(): Promise<never>;
    deleteCache(): Promise<never>;
    checkCache(): Promise<boolean>;
  };
  const workerScript: { setAdapter(adapter: Adapter): void; dispatchHandlers(packet: unknown, send: (message: unknown) => void): void };
  export default workerScript;
}

declare module 'tesseract.js/src/worker-script/node/getCore.js' {
  const getCore: unknown;
  export default getCore;
}
