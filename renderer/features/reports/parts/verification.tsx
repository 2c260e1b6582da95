import { Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReportVerification } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import classes from '../reports.module.css';
import { Disclosure } from './disclosure.tsx';

type Props = { readonly result: ReportVerification; /** What it proves is shown when asked for. */ readonly short?: boolean };

/** What checking a report came to: the verdict, what is proven and what is not, whom it leads to, and every check. */
export function Verification({ result, short = false }: Props) {
  const { t } = useTranslation('reports');
  const { verified, checks } = result;
  const bad = [...new Set(checks.filter(({ ok }) => !ok).map(({ file }) => file))];
  return (
    <Stack gap="sm">
      <div className={classes['verdict']} data-ok={verified} role="status">
        {verified ? <IconCircleCheck size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
        <span>{verified ? t('verify.good') : t('verify.bad', { files: bad.join(', ') })}</span>
      </div>
      {short ? (
        <Disclosure label={t('verify.details')}>
          <Meaning result={result} />
        </Disclosure>
      ) : (
        <Meaning result={result} />
      )}
      <Checks checks={checks} open={!verified} />
    </Stack>
  );
}

function Meaning({ result: { verified, root, proven, notProven } }: Pick<Props, 'result'>) {
  const { t } = useTranslation('reports');
  return (
    <Stack gap="sm">
      {verified && root && (
        <div>
          <Title order={4} fz="sm" mb={4}>
            {t('verify.root')}
          </Title>
          <Text fz="xs" c="dimmed" mb={6}>
            {t('verify.rootText', { subject: root.subject })}
          </Text>
          <Fingerprint sha256={root.sha256} label={t('verify.root')} />
        </div>
      )}
      {proven.length > 0 && <Statements title={t('verify.proven')} of={proven} proven />}
      {notProven.length > 0 && <Statements title={t('verify.notProven')} of={notProven} />}
    </Stack>
  );
}

function Statements({ title, of, proven = false }: { readonly title: string; readonly of: readonly string[]; readonly proven?: boolean }) {
  return (
    <section aria-label={title}>
      <Title order={4} fz="sm" mb={6}>
        {title}
      </Title>
      <ul className={classes['statements']}>
        {of.map((statement) => (
          <li key={statement}>
            {proven ? (
              <IconCheck size={16} color="var(--mantine-color-green-text)" aria-hidden />
            ) : (
              <IconInfoCircle size={16} color="var(--rd-dimmed)" aria-hidden />
            )}
            <Text component="span">{statement}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Checks({ checks, open }: { readonly checks: ReportVerification['checks']; readonly open: boolean }) {
  const { t } = useTranslation('reports');
  // What failed stands first.
  const sorted = [...checks.filter(({ ok }) => !ok), ...checks.filter(({ ok }) => ok)];
  return (
    <Disclosure label={t('verify.checks', { count: checks.length, shown: formatNumber(checks.length) })} open={open}>
      <ul className={classes['checks']}>
        {sorted.map((check, index) => (
          <li key={index}>
            {check.ok ? (
              <IconCheck size={14} color="var(--mantine-color-green-text)" aria-label={t('verify.ok')} />
            ) : (
              <IconX size={14} color="var(--mantine-color-red-text)" aria-label={t('verify.failed')} />
            )}
            <span>
              <strong>{check.file}</strong> {check.message}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
