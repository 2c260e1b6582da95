import type { ReportLanguage, ReportVerification } from '../contract/reports.ts';
import type { ReportFiles } from './report-files.ts';
import { own } from './verify/bytes.ts';
import type { WitnessKey } from './verify/checkpoint.ts';
import { sayVerdict } from './verify/say-verdict.ts';
import { verifyFiles } from './verify/verify-report.ts';

/** Checks a report from its files alone, and says what it found in this language. */
export async function verifyReport(
  files: ReportFiles,
  { language = 'en', witnesses = [] }: { language?: ReportLanguage; witnesses?: readonly WitnessKey[] } = {},
): Promise<ReportVerification> {
  const copies = new Map([...files].map(([name, bytes]) => [name, own(bytes)]));
  return sayVerdict(await verifyFiles(copies, witnesses), language);
}
