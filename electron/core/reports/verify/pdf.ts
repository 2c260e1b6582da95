import { PDF } from '@libpdf/core';
import { equal, type Bytes } from './bytes.ts';
import type { Certificate } from './certificates.ts';
import { checkCms, type CmsProblem } from './cms.ts';
import { signedRange } from './pdf-signature.ts';

export type PdfProblem = CmsProblem | 'not-whole' | 'other-attachment';

/** Is the whole document signed under the root, and is `json` attached to it? */
export async function checkPdf(pdf: Bytes, json: Bytes, root: Certificate): Promise<PdfProblem | null> {
  const range = signedRange(pdf);
  if (!range) return 'not-whole';
  const { problem } = await checkCms(range.contents, range.signed, root);
  if (problem) return problem;
  try {
    const attached = (await PDF.load(pdf)).getAttachment('report.json');
    return attached && equal(attached, json) ? null : 'other-attachment';
  } catch {
    return 'unreadable';
  }
}
