import { inspect } from 'node:util';
import log from 'electron-log/node.js';
import { redact } from './redact.ts';

export type Log = {
  info(message: string): void;
  warn(message: string): void;
  /** `error` is written with its stack, redacted like everything else. */
  error(message: string, error?: unknown): void;
};

/**
 * The application's log file (at most 5 MiB, one older file kept). Every line is redacted before it is written: no
 * document content, path of a person's file, key or number of a person.
 */
export function openLog(file: string, appRoot: string): Log {
  const logger = log.create({ logId: file });
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.console.level = false;
  const clean = (text: string) => redact(text, appRoot);
  return {
    info: (message) => logger.info(clean(message)),
    warn: (message) => logger.warn(clean(message)),
    error: (message, error) =>
      logger.error(error === undefined ? clean(message) : `${clean(message)}\n${cleanLines(inspect(error, { depth: 2 }), clean)}`),
  };
}

function cleanLines(text: string, clean: (line: string) => string): string {
  return text.split('\n').slice(0, 40).map(clean).join('\n');
}
