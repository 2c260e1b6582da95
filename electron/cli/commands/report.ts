import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { readReport } from '../../core/reports/read-report.ts';
import { readVerifier, verifierName } from '../../core/reports/verifier-page.ts';
import { readWitnessKey, type WitnessKey } from '../../core/reports/verify/checkpoint.ts';
import { verifyReport } from '../../core/reports/verify-report.ts';
import { applicationFolder } from '../../local/places.ts';
import type { Command } from '../command.ts';
import { oneLine } from '../printable.ts';
import { reportLanguageOf } from '../report-language.ts';

export const reportVerify: Command = {
  area: 'report',
  verb: 'verify',
  usage: 'DIR|FILE.zip [--witness KEY,…] [--language en|zh-CN]',
  summary:
    'Check a signed report, a folder or an archive; needs no vault. Exit 1 and the name of the file if anything was changed. --witness: keys of those who keep the state of the log outside.',
  options: { witness: { type: 'string' }, language: { type: 'string' } },
  positionals: [1, 1],
  async run({ args: [path = '.'], values }) {
    const witnesses = await readKeys(values['witness'] as string | undefined);
    const language = reportLanguageOf(values['language'] as string | undefined);
    const found = await verifyReport(await readReport(path), { language, witnesses });
    const { verified, checks, root, proven, notProven } = found;
    const lines = checks.map(({ file, ok, message }) => oneLine(`${ok ? 'ok    ' : 'FAILED'} ${file}: ${message}`));
    const failed = [...new Set(checks.filter(({ ok }) => !ok).map(({ file }) => file))];
    const verdict = verified
      ? `The report is intact. Compare the fingerprint with the one the vault’s owner gave you: ${root?.sha256 ?? ''}`
      : oneLine(`The report does NOT verify: ${failed.join(', ')}.`);
    const list = (title: string, items: readonly string[]) =>
      items.length > 0 ? ['', title, ...items.map((item) => oneLine(`- ${item}`))] : [];
    const text = [...lines, ...list('Proven:', proven), ...list('Not proven:', notProven), '', verdict].join('\n');
    return { json: found, text, exit: verified ? 0 : 1 };
  },
};

export const reportVerifier: Command = {
  area: 'report',
  verb: 'verifier',
  usage: '[--out FILE]',
  summary: 'Write the page that checks reports in any browser, without a network, for an auditor to take along.',
  options: { out: { type: 'string' } },
  positionals: [0, 0],
  run({ values }) {
    const out = (values['out'] as string | undefined) ?? verifierName;
    const page = readVerifier(join(applicationFolder(), 'resources'));
    writeFileSync(out, page);
    return Promise.resolve({ json: { out, bytes: page.length }, text: `${out}: open it in a browser and drop a report on it.` });
  },
};

/** @throws AppError `witness/bad-key` */
async function readKeys(list: string | undefined): Promise<WitnessKey[]> {
  const texts = list?.split(',') ?? [];
  return Promise.all(
    texts.map(async (text) => {
      const key = await readWitnessKey(text);
      if (!key) throw new AppError('witness/bad-key', `This is not the key of a witness: ${text}. Nothing was checked.`);
      return key;
    }),
  );
}
