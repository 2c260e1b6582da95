import type { LeafContent } from '../../leaf.ts';
import { severityOf, type WriteLine } from './event.ts';

/** The version of the Elastic Common Schema whose names are used. */
export const ecsVersion = '8.17.0';
const severities = { low: 21, medium: 47, high: 73 } as const;

/** The first that fits says what an action is about, in the words that ECS allows. */
const categories: readonly (readonly [RegExp, string])[] = [
  [/^(?:vault\.(?:unlock|recover)|identity\.sign-in)$/, 'authentication'],
  [/^(?:vault\.lock|identity\.(?:sign-out|idle-sign-out|end-session))$/, 'session'],
  [/^(?:identity|approvals)\./, 'iam'],
  [/^(?:policies|keys|backup\.set|audit\.set)/, 'configuration'],
  [/^system\.process/, 'process'],
  [/^system\./, 'host'],
  [/^(?:documents|reports)\./, 'file'],
];
const types: readonly (readonly [RegExp, string])[] = [
  [/\.(?:sign-in|unlock|start|send|begin)/, 'start'],
  [/\.(?:sign-out|idle-sign-out|lock|finish|end-session)/, 'end'],
  [/\.(?:create|import|install|admit|issue|store)/, 'creation'],
  [/\.(?:remove|prune)/, 'deletion'],
  [/\.(?:read|export|call|verify|check|download)/, 'access'],
  [/\.(?:set|update|change|rotate|separate|reset|rename|save|confirm|add|lift|decide|withdraw)/, 'change'],
];

/** A line of JSON in the Elastic Common Schema; what it has no name for stands under `redoubt`. */
export const ecsLine: WriteLine = ({ leaf, leafHash }, { origin, version }) => {
  const { sequence, at, action, outcome, reason, session, subject, caseId, boot, uptimeMs, details } = leaf;
  const type = firstOf(types, action) ?? 'info';
  return JSON.stringify({
    '@timestamp': new Date(at).toISOString(),
    ecs: { version: ecsVersion },
    message: [leaf.actor, action, subject, outcome].filter((part) => part !== '').join(' '),
    event: {
      kind: 'event',
      category: [firstOf(categories, action) ?? 'database'],
      type: outcome === 'denied' ? [type, 'denied'] : outcome === 'failed' ? [type, 'error'] : [type],
      action,
      outcome: outcome === 'done' ? 'success' : 'failure',
      ...(reason === null ? {} : { reason }),
      id: `${origin}/${sequence}`,
      sequence,
      hash: leafHash,
      severity: severities[severityOf(leaf)],
      provider: 'redoubt',
      module: 'redoubt',
      dataset: 'redoubt.audit',
    },
    user: user(leaf),
    observer: { vendor: 'Redoubt', product: 'Redoubt', version, type: 'audit-log' },
    redoubt: {
      origin,
      area: leaf.area,
      subject,
      ...(caseId === null ? {} : { case_id: caseId }),
      ...(session === null ? {} : { session }),
      boot,
      uptime_ms: uptimeMs,
      // As text: their names differ from action to action, and an index would make a field of each.
      details: JSON.stringify(details),
    },
  });
};

function user({ actor, actorId, role }: LeafContent): Record<string, unknown> {
  return { name: actor, ...(actorId === null ? {} : { id: actorId }), ...(role === null ? {} : { roles: [role] }) };
}

function firstOf(rules: readonly (readonly [RegExp, string])[], action: string): string | undefined {
  return rules.find(([pattern]) => pattern.test(action))?.[1];
}
