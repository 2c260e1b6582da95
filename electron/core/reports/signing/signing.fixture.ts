import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../contract/reports.ts';
import type { ReportFiles } from '../report-files.ts';
import type { finishedRun, openReports } from '../reports.fixture.ts';

type Vault = ReturnType<typeof openReports>;

/** Makes a report of the run and takes it out. */
export async function exportReport(
  vault: Vault,
  run: ReturnType<typeof finishedRun>,
  language: 'en' | 'zh-CN' = 'en',
): Promise<ReportFiles> {
  const report: Report = await vault.reports.create(vault.act('reports.create'), { kind: 'run', runIds: [run.id], language });
  const { files } = vault.reports.export(vault.act('reports.export'), { id: report.id });
  return new Map(files.map(({ name, base64 }) => [name, new Uint8Array(Buffer.from(base64, 'base64'))]));
}

/** An authority of an organisation with a root and an intermediate, made by openssl in `folder`. Issues for PKCS#10 requests. */
export function newAuthority(folder: string): { issue(request: string, options?: { ca?: boolean; days?: number }): string; root: string } {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(
    join(folder, 'ca.ext'),
    'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
  );
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-subj',
    '/O=Example/CN=Example Root',
  );
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-384',
    '-nodes',
    '-keyout',
    'sub.key',
    '-out',
    'sub.csr',
    '-subj',
    '/O=Example/CN=Example Issuing',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    'sub.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-CAcreateserial',
    '-days',
    '1825',
    '-extfile',
    'ca.ext',
    '-out',
    'sub.pem',
  );
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    root: read('root.pem'),
    issue(request, { ca = false, days = 365 } = {}) {
      writeFileSync(join(folder, 'request.csr'), request);
      const leaf = 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n';
      writeFileSync(join(folder, 'leaf.ext'), ca ? read('ca.ext') : leaf);
      const period = days > 0 ? ['-days', String(days)] : ['-not_before', '20200101000000Z', '-not_after', '20210101000000Z'];
      openssl('req', '-in', 'request.csr', '-verify', '-noout');
      openssl(
        'x509',
        '-req',
        '-in',
        'request.csr',
        '-CA',
        'sub.pem',
        '-CAkey',
        'sub.key',
        '-CAcreateserial',
        ...period,
        '-extfile',
        'leaf.ext',
        '-out',
        'leaf.pem',
      );
      return `${read('root.pem')}subject=text that authorities put between\n${read('leaf.pem')}${read('sub.pem')}`;
    },
  };
}
