import { framework, type NewAttestation } from '../../core/contract/attestations.ts';
import type { NewReport, ReportStyle } from '../../core/contract/reports.ts';
import { AppError } from '../../core/errors.ts';
import { readReport } from '../../core/reports/read-report.ts';
import { verifyReport } from '../../core/reports/verify-report.ts';
import { asAppError, type Client } from '../../local/client.ts';
import { chooseCase } from '../choose-case.ts';
import { UsageError, type Command } from '../command.ts';
import { askSecret } from '../password.ts';
import { reportLanguageOf } from '../report-language.ts';
import { refuseForeign, writeReport, writeVerifierBeside } from '../write-report.ts';

type Values = Readonly<Record<string, string | boolean | undefined>>;

const kinds = ['run', 'case', 'person', 'model', 'access', 'compliance', 'egress'] as const;

export const reportCreate: Command = {
  area: 'report',
  verb: 'create',
  usage:
    '--out DIR|FILE.zip (--run ID,… | --case CASE | --person USER | --model NAME | --access | --compliance gbt22239|pipl|hipaa | --egress FROM..TO) [--language en|zh-CN] [--classification TEXT] [--template ID]',
  summary:
    'Make a signed report, check it and write it out, with the page that checks it beside it. Dates are YYYY-MM-DD by UTC, the second one not included. A signing token takes its PIN from REDOUBT_TOKEN_PIN or asks for it.',
  options: {
    out: { type: 'string' },
    run: { type: 'string' },
    case: { type: 'string' },
    person: { type: 'string' },
    model: { type: 'string' },
    access: { type: 'boolean' },
    compliance: { type: 'string' },
    egress: { type: 'string' },
    language: { type: 'string' },
    classification: { type: 'string' },
    template: { type: 'string' },
  },
  positionals: [0, 0],
  async run({ values, withVault }) {
    const out = values['out'] as string | undefined;
    const chosen = kinds.filter((kind) => values[kind] !== undefined);
    if (out === undefined || chosen.length !== 1) throw new UsageError('Name --out and what the report is about, once.');
    refuseForeign(out);
    const made = await withVault(async ({ client }) => {
      const about = await aboutOf(client, values);
      return withToken(client, () => create(client, about));
    });
    writeReport(out, made.files);
    const { verified, root } = await verifyReport(await readReport(out));
    const verifier = writeVerifierBeside(out);
    const json = { id: made.id, kind: made.kind, title: made.title, out, verified, verifier, rootCertificateSha256: root?.sha256 ?? null };
    const text = [
      `${made.title}: ${out} (${verified ? 'verified' : 'DOES NOT VERIFY'})`,
      `Fingerprint for the auditor, to be given by another way: ${root?.sha256 ?? ''}`,
      ...(verifier ? [`Beside it: ${verifier}, for who has no Redoubt. An auditor should have it from a place he trusts.`] : []),
    ].join('\n');
    return { json, text, exit: verified ? 0 : 1 };
  },
};

type About = { readonly report: NewReport } | { readonly attestation: NewAttestation };

async function aboutOf(client: Client, values: Values): Promise<About> {
  const style = styleOf(values);
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  if (values['run'] !== undefined) return { report: { ...style, kind: 'run', runIds: text('run').split(',') } };
  if (values['case'] !== undefined) return { report: { ...style, kind: 'case', caseId: (await chooseCase(client, text('case'))).id } };
  if (values['access'] !== undefined) return { attestation: { ...style, kind: 'access' } };
  if (values['compliance'] !== undefined) {
    const read = framework.safeParse(values['compliance']);
    if (!read.success) throw new UsageError(`--compliance takes ${framework.options.join(', ')}.`);
    return { attestation: { ...style, kind: 'compliance', framework: read.data } };
  }
  if (values['egress'] !== undefined) return { attestation: { ...style, kind: 'egress', ...periodOf(text('egress')) } };
  const { people, models } = await client.attestations.choices();
  if (values['person'] !== undefined) {
    const wanted = text('person').toLowerCase();
    const person = people.find(({ id, userName }) => id === wanted || userName.toLowerCase() === wanted);
    if (!person) throw new AppError('identity/unknown-person', `There is no person named ${wanted}. Nothing was made.`);
    return { attestation: { ...style, kind: 'person', personId: person.id } };
  }
  const wanted = text('model');
  const model = models.find(({ id, name }) => id === wanted || name === wanted);
  if (!model) throw new AppError('models/not-found', `There is no model named ${wanted}. Nothing was made.`);
  return { attestation: { ...style, kind: 'model', modelId: model.id } };
}

function styleOf(values: Values): ReportStyle {
  const { classification, template } = values;
  return {
    language: reportLanguageOf(values['language'] as string | undefined),
    ...(typeof classification === 'string' ? { classification } : {}),
    ...(typeof template === 'string' ? { templateId: template } : {}),
  };
}

/** `2026-01-01..2026-02-01`: days of UTC, as the report tells them. */
function periodOf(text: string): { from: number; to: number } {
  const [from = Number.NaN, to = Number.NaN, ...others] = text.split('..').map((day) => new Date(`${day}T00:00:00Z`).getTime());
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to || others.length > 0)
    throw new UsageError('--egress takes two days, the first one earlier: 2026-01-01..2026-02-01');
  return { from, to };
}

type Made = { id: string; kind: string; title: string; files: { name: string; base64: string }[] };

async function create(client: Client, about: About): Promise<Made> {
  if ('report' in about) {
    const { id, kind, title } = await client.reports.create(about.report);
    return { id, kind, title, files: (await client.reports.export({ id })).files };
  }
  const { id, kind, title } = await client.attestations.create(about.attestation);
  return { id, kind, title, files: (await client.attestations.export({ id })).files };
}

/** Asks for the token's PIN where a token signs. */
async function withToken<T>(client: Client, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = asAppError(thrown);
    if (!(error instanceof AppError) || error.code !== 'signing/pin-needed') throw thrown;
    const label = String(error.details['label'] ?? '');
    await client.signing.unlockToken({ pin: await askSecret(`PIN of the token “${label}”: `, 'REDOUBT_TOKEN_PIN') });
    return work();
  }
}
