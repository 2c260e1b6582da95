import { z } from 'zod';
import { sha256, timestamp } from '../contract/base.ts';
import { reportLanguage } from '../contract/reports.ts';
import { section } from './blocks.ts';
import { accessData } from './kinds/access/data.ts';
import { caseData } from './kinds/case/data.ts';
import { complianceData } from './kinds/compliance/data.ts';
import { egressData } from './kinds/egress/data.ts';
import { modelData } from './kinds/model/data.ts';
import { personData } from './kinds/person/data.ts';
import { runData } from './kinds/run/data.ts';

const leaf = z.strictObject({
  sequence: z.number().int().min(0),
  /** The leaf as it was hashed (canonical JSON), or null: it holds something personal or of a case, and only its hash is shown. */
  leaf: z.string().nullable(),
  leafHash: sha256,
  /** RFC 6962 audit path to the checkpoint's root, nearest sibling first. */
  proof: z.array(sha256),
});

/** Everybody outside who confirmed a state of the log, and what follows from it. */
const witness = z.strictObject({
  /** The newest state that a witness cosigned, and the RFC 9162 proof that the report's checkpoint continues it. */
  cosigned: z.strictObject({ size: z.number().int().min(0), checkpoint: z.string(), consistency: z.array(sha256) }).nullable(),
  /** For people, in the report's language: what is proven about the log being the only one, and what is not. */
  statement: z.string(),
});

/** What every report says of itself, whatever it is about. */
const common = {
  format: z.literal('redoubt-report/2'),
  id: z.string(),
  title: z.string(),
  language: reportLanguage,
  createdAt: timestamp,
  createdBy: z.string(),
  vaultId: z.string(),
  software: z.strictObject({ name: z.literal('Redoubt'), version: z.string() }),
  organisation: z.strictObject({ name: z.string() }).nullable(),
  /** The banner on every page. */
  classification: z.string().nullable(),
  /** Of what the PDF was made with; null: the one that ships with Redoubt. `sha256` of its text. */
  template: z.strictObject({ name: z.string(), sha256 }).nullable(),
  /** What the PDF shows, in its order. */
  sections: z.array(section),
  audit: z.strictObject({
    origin: z.string(),
    /** The signed head the proofs lead to, cosignatures included; `checkpoint.txt` is the same text. */
    checkpoint: z.string(),
    /** PEM of the log's Ed25519 key; `log.pub` is the same text. */
    publicKey: z.string(),
    leaves: z.array(leaf),
    witness,
  }),
  /** What signs the report, for example `ecdsa-p256-sha256`. */
  suite: z.string(),
  /** SHA-256 of root-ca.crt's certificate (DER). */
  rootCertificateSha256: sha256,
};

/** `report.json`: everything a report says, in RFC 8785 canonical form. Times are milliseconds since the epoch, UTC. */
export const reportJson = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('run'), data: runData }),
  z.strictObject({ ...common, kind: z.literal('case'), data: caseData }),
  z.strictObject({ ...common, kind: z.literal('person'), data: personData }),
  z.strictObject({ ...common, kind: z.literal('model'), data: modelData }),
  z.strictObject({ ...common, kind: z.literal('access'), data: accessData }),
  z.strictObject({ ...common, kind: z.literal('compliance'), data: complianceData }),
  z.strictObject({ ...common, kind: z.literal('egress'), data: egressData }),
]);
export type ReportJson = z.infer<typeof reportJson>;
export type ReportLeaf = z.infer<typeof leaf>;
/** The kind of a report and what it says about its matter. */
export type ReportMatter = { [K in ReportJson['kind']]: Pick<Extract<ReportJson, { kind: K }>, 'kind' | 'data'> }[ReportJson['kind']];
