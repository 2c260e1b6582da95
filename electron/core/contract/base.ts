import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What a signed-in person may do. `public` needs no session, `signed-in` any session. */
export const permissions = [
  'documents.read',
  'documents.write',
  'models.read',
  'models.manage',
  'flows.read',
  'flows.write',
  'runs.read',
  'runs.start',
  'chat.use',
  'reports.read',
  'reports.create',
  /** Reports about the vault itself: a person, access, compliance, what left. They show no content of a case. */
  'attestations.make',
  /** Organisation, templates and the keys that sign reports. */
  'design.manage',
  /** To see and open the cases one is a member of. */
  'cases.use',
  'cases.create',
  /** To manage every case from outside: members, label, retention, legal hold, deletion. Shows no content. */
  'cases.administer',
  'monitor.read',
  'audit.read',
  /** What was asked of a model and what it answered, in the cases one may read. */
  'audit.read-texts',
  /** Witnesses, exports to a log collector, rules that raise alerts, and what was done about an alert. */
  'audit.manage',
  'people.read',
  /** Accounts: create, disable, reset a password, lift a lock-out. */
  'people.manage',
  'people.assign-roles',
  'sessions.manage',
  'policies.read',
  'policies.manage',
  'keys.read',
  'keys.manage',
  'backup.read',
  'backup.manage',
  /** To decide what somebody else asked for under the four-eyes policy. */
  'approvals.decide',
] as const;
export type Permission = (typeof permissions)[number];

/** What the four-eyes policy may name: such a command runs only after a second person approved it. */
export const approvalClass = z.enum(['export', 'role-change', 'retention-change', 'key-operation']);
export type ApprovalClass = z.infer<typeof approvalClass>;

/** What belongs to a case. */
export type ResourceKind = 'case' | 'document' | 'flow' | 'run' | 'conversation' | 'report';
/** What a person may do in a case: each includes those before it. */
export const caseAccess = ['read', 'write', 'lead'] as const;
export type CaseAccess = (typeof caseAccess)[number];

export type ProcedureMeta = {
  /** Checked by the router before the handler runs. */
  readonly permission: Permission | 'public' | 'signed-in';
  /** The action of the audit leaf a command must leave, or null for a call that changes nothing. */
  readonly audit: `${string}.${string}` | null;
  /** The class under which the four-eyes policy can ask for a second person. */
  readonly approval: ApprovalClass | null;
  /** What the person must be allowed in the case of every id that the input names; null: the service decides by permission alone. */
  readonly access: CaseAccess | null;
  /** Shows content of a case: where the policy lists the label of the case, that leaves an entry before anything is shown. */
  readonly content: boolean;
};

type Further = Partial<Pick<ProcedureMeta, 'approval' | 'access' | 'content'>>;
const base = oc.$meta<ProcedureMeta>({ permission: 'signed-in', audit: null, approval: null, access: 'read', content: false });

/** A call that changes nothing and leaves no audit leaf. */
export const query = (permission: ProcedureMeta['permission'], further: Further = {}) =>
  base.meta({ permission, audit: null, approval: null, access: 'read', content: false, ...further });

/** A call that changes something: its handler must leave exactly the leaf `action` in the transaction of the change. */
export const command = (permission: ProcedureMeta['permission'], action: `${string}.${string}`, further: Further = {}) =>
  base.meta({ permission, audit: action, approval: null, access: 'write', content: false, ...further });

/** An id of something that belongs to no case (a person, a model, a session). */
export const id = z.string().min(1).max(64);
/** Names the resource an id stands for: the router checks each such id of an input against the cases of the person. */
export const resourceIds = z.registry<{ resource: ResourceKind; access: CaseAccess | null }>();
/** `access` null: what the call asks for. */
const resourceId = (resource: ResourceKind, access: CaseAccess | null = null) =>
  z.string().min(1).max(64).register(resourceIds, { resource, access });
export const caseId = resourceId('case');
export const documentId = resourceId('document');
export const flowId = resourceId('flow');
export const runId = resourceId('run');
export const conversationId = resourceId('conversation');
export const reportId = resourceId('report');
/** Named by a command that changes something else and only reads these. */
export const readDocumentId = resourceId('document', 'read');
export const readFlowId = resourceId('flow', 'read');
/** Of a case that only who leads it may so use, open or closed. */
export const leadCaseId = resourceId('case', 'lead');
/** Milliseconds since the Unix epoch, UTC. */
export const timestamp = z.number().int();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A fraction from 0 to 1. */
export const fraction = z.number().min(0).max(1);
/** Any JSON value. */
export const json = z.json();
export type Json = z.infer<typeof json>;
export const errorShape = z.object({ code: z.string(), message: z.string() });
/** [x0, y0, x1, y1] in page units (points for PDF, pixels for pictures), origin top left. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof box>;

/** A file named by the page: bytes uploaded before, or (desktop window and command line only) a path on this machine. */
export const fileSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), uploadId: id }),
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
]);
export type FileSource = z.infer<typeof fileSource>;
