import { PDF } from '@libpdf/core';
import { equal, type Bytes } from './bytes.ts';
import type { Certificate } from './certificates.ts';
import { checkCms, type CmsProblem } from './cms.ts';
import { signedRange } from './pdf-signature.ts';

export type PdfProblem = CmsProblem | 'not-whole' | 'other-attachment';

/** Is the whole document signed under the root by who signed `json`, and is that attached to it? `signer` null: nobody did. */
export async function checkPdf(pdf: Bytes, json: Bytes, root: Certificate, signer: Certificate | null): Promise<PdfProblem | null> {
  const range = signedRange(pdf);
  if (!range) return 'not-whole';
  const found = await checkCms(range.contents, range.signed, root);
  if (found.problem !== null) return found.problem;
  if (signer && !equal(found.path[0]?.der ?? new Uint8Array(), signer.der)) return 'other-certificate';
  try {
    const attached = (await PDF.load(pdf)).getAttachment('report.json');
    return attached && equal(attached, json) ? null : 'other-attachment';
  } catch {
    return 'unreadable';
  }
}
