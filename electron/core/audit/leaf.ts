import { z } from 'zod';
import { auditOutcome } from '../contract/audit.ts';
import { json, timestamp, type Json } from '../contract/base.ts';
import { role } from '../contract/identity.ts';
import type { LeafInput } from './act.ts';
import type { MachineClock } from './boot.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a leaf's canonical JSON holds, exactly. Its place is part of it, so that no leaf can stand elsewhere. */
const leafContent = z.strictObject({
  sequence: z.number().int().min(0),
  /** By the wall clock, which can be set; `uptimeMs` cannot, and counts within one `boot`. */
  at: timestamp,
  uptimeMs: z.number().int().min(0),
  boot: z.string(),
  actor: z.string(),
  actorId: z.string().nullable(),
  /** Id of the session, never its token. */
  session: z.string().nullable(),
  role: role.nullable(),
  area: z.string(),
  action: z.string(),
  subject: z.string(),
  caseId: z.string().nullable(),
  outcome: auditOutcome,
  /** Error code of what failed or was denied. */
  reason: z.string().nullable(),
  details: z.record(z.string(), json),
});
export type LeafContent = z.infer<typeof leafContent>;

/** The leaf as it is hashed and kept. */
export function leafText(sequence: number, leaf: LeafInput, machine: MachineClock): string {
  const { actor, action } = leaf;
  const content: Record<keyof LeafContent, Json> = {
    sequence,
    at: leaf.at,
    uptimeMs: machine.uptimeMs(),
    boot: machine.boot,
    actor: actor.name,
    actorId: actor.personId,
    session: actor.session,
    role: actor.role,
    area: areaOf(action),
    action,
    subject: leaf.subject,
    caseId: leaf.caseId ?? null,
    outcome: leaf.outcome,
    reason: leaf.reason ?? null,
    details: { ...leaf.details },
  };
  return canonicalJson(content);
}

/** @throws what zod or JSON.parse throws for any other text than a leaf's */
export function parseLeaf(text: string): LeafContent {
  return leafContent.parse(JSON.parse(text));
}

/** Null for a text that is no leaf: for whoever goes on with the others, since `verify` names it. */
export function readLeaf(text: string): LeafContent | null {
  try {
    return parseLeaf(text);
  } catch {
    return null;
  }
}

/** How often what a leaf tells of was tried: of what was refused again and again, one leaf stands for many tries. */
export function triesOf({ details: { tries } }: Pick<LeafContent, 'details'>): number {
  return typeof tries === 'number' ? Math.max(1, tries) : 1;
}

/** The part of an action before its first dot. */
function areaOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf('.'))) || action;
}
