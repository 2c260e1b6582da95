import { z } from 'zod';
import type { ChildName } from '../core/supervision/messages.ts';
import type { Log } from './log.ts';

/** What core's own log writes to standard error, a JSON object a line (`core/log.ts`). */
const entry = z.object({ level: z.enum(['info', 'error']), event: z.string() }).catchall(z.union([z.string(), z.number(), z.boolean()]));

/**
 * Writes a line that a child printed into the log. The fields of a structured entry are written apart, so that a stack
 * is not taken for quoted text and cut out by the redaction.
 */
export function logChildLine(log: Log, name: ChildName, stream: 'stdout' | 'stderr', line: string): void {
  const structured = entry.safeParse(parseJson(line));
  if (!structured.success) return stream === 'stderr' ? log.warn(`${name}: ${line}`) : log.info(`${name}: ${line}`);
  const { level, event, ...fields } = structured.data;
  const facts = Object.entries(fields).filter(([key]) => key !== 'at');
  const text = [`${name}: ${event}`, ...facts.map(([key, value]) => `${key} = ${String(value)}`)].join(', ');
  if (level === 'error') log.error(text);
  else log.info(text);
}

function parseJson(line: string): unknown {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
