import type { LeafContent } from '../../leaf.ts';

/** An entry of the log as it is handed out. */
export type LogEvent = {
  readonly leaf: LeafContent;
  /** SHA-256 of the leaf in the tree, hexadecimal: what was handed out can be checked against the log. */
  readonly leafHash: string;
};

/** Whose log it is. */
export type EventSource = {
  /** Name of the log, as in its signed heads. */
  readonly origin: string;
  /** Version of Redoubt. */
  readonly version: string;
};

/** One line without its end. */
export type WriteLine = (event: LogEvent, source: EventSource) => string;

/** How much somebody should care. */
export type Severity = 'low' | 'medium' | 'high';

/** Actions that matter by themselves, whoever does them and however they end. */
const grave: ReadonlySet<string> = new Set([
  'vault.accept-older',
  'vault.recover',
  'keys.unrecorded-change',
  'system.clock-step',
  'system.process-ended',
  'vault.unclean-stop',
  'audit.export-damaged',
  'audit.verify',
  'audit.lift-hold',
  'audit.set-export',
  'alerts.raise',
  'alerts.set-rules',
  'witness.refuse',
  'witness.remove',
  'policies.set',
  'policies.set-retention',
  'cases.remove',
  'cases.lift-legal-hold',
]);

export function severityOf({ action, outcome }: LeafContent): Severity {
  if (outcome === 'denied' || grave.has(action)) return 'high';
  return outcome === 'failed' ? 'medium' : 'low';
}
