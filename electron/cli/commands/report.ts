import { readReportFolder } from '../../core/reports/read-report-folder.ts';
import { verifyReport } from '../../core/reports/verify-report.ts';
import type { Command } from '../command.ts';

export const reportVerify: Command = {
  area: 'report',
  verb: 'verify',
  usage: 'DIR',
  summary: 'Check a signed report in a folder; needs no vault. Exit 1 and the name of the file if anything was changed.',
  positionals: [1, 1],
  async run({ args: [folder = '.'] }) {
    const { verified, checks } = await verifyReport(await readReportFolder(folder));
    const lines = checks.map(({ file, ok, message }) => `${ok ? 'ok    ' : 'FAILED'} ${file}: ${message}`);
    const failed = [...new Set(checks.filter(({ ok }) => !ok).map(({ file }) => file))];
    const verdict = verified
      ? 'The report is intact. Compare the fingerprint above with the one the vault’s owner gave you.'
      : `The report does NOT verify: ${failed.join(', ')}.`;
    return { json: { verified, checks }, text: [...lines, verdict].join('\n'), exit: verified ? 0 : 1 };
  },
};
