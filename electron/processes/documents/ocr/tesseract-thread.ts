import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import getCore from 'tesseract.js/src/worker-script/node/getCore.js';
import tesseract from 'tesseract.js/src/worker-script/index.js';
import { AppError } from '../../../core/errors.ts';
import { assets } from '../assets.ts';
import { denyNetwork } from '../../deny-network.ts';

/*
 * The worker thread of tesseract.js with an adapter of our own: language data comes from the installed packages (one
 * folder a language, which the library's own adapter cannot do), nothing is fetched and nothing is written.
 */
denyNetwork();
const refuse = () => Promise.reject(new AppError('network/denied', 'The OCR engine has no network and writes no files.'));
tesseract.setAdapter({
  getCore,
  gunzip: gunzipSync,
  fetch: refuse,
  readCache: (file) => readFile(assets.languageFile(path.basename(file).replace(/\.traineddata(\.gz)?$/, ''))),
  writeCache: refuse,
  deleteCache: refuse,
  checkCache: () => Promise.resolve(false),
});
parentPort?.on('message', (packet: unknown) => tesseract.dispatchHandlers(packet, (message) => parentPort?.postMessage(message)));
