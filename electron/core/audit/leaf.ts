import { z } from 'zod';
import { auditOutcome } from '../contract/audit.ts';
import { json, timestamp, type Json } from '../contract/base.ts';
import type { LeafInput } from './act.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a leaf's canonical JSON holds, exactly. Its place is part of it, so that no leaf can stand elsewhere. */
const leafContent = z.strictObject({
  sequence: z.number().int().min(0),
  at: timestamp,
  actor: z.string(),
  actorId: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  outcome: auditOutcome,
  details: z.record(z.string(), json),
});
export type LeafContent = z.infer<typeof leafContent>;

export function leafText(sequence: number, leaf: LeafInput): string {
  const content: Record<keyof LeafContent, Json> = {
    sequence,
    at: leaf.at,
    actor: leaf.actor.name,
    actorId: leaf.actor.personId,
    action: leaf.action,
    subject: leaf.subject,
    outcome: leaf.outcome,
    details: { ...leaf.details },
  };
  return canonicalJson(content);
}

export function parseLeaf(text: string): LeafContent {
  return leafContent.parse(JSON.parse(text));
}
