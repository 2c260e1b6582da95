import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../../electron/core/contract/index.ts';
import { formatDay } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';

/** A certificate as it is compared: whose it is, who issued it, how long it holds, its fingerprint. */
export function Certificate({ of, title }: { readonly of: CertificateView; readonly title: string }) {
  const { t } = useTranslation('signing');
  const { subject, issuer, sha256, notBefore, notAfter } = of;
  const now = useNow(false);
  const state = now < notBefore ? 'early' : notAfter !== null && now > notAfter ? 'late' : null;
  return (
    <section aria-label={title}>
      <Title order={4} fz="sm" mb={6}>
        {title} {state && <StatusBadge tone="bad">{t(`certificate.${state}`)}</StatusBadge>}
      </Title>
      <Facts>
        <Fact name={t('certificate.subject')}>{subject}</Fact>
        <Fact name={t('certificate.issuer')}>{issuer === subject ? t('certificate.self') : issuer}</Fact>
        <Fact name={t('certificate.valid')}>
          {notAfter === null
            ? t('certificate.since', { from: formatDay(notBefore) })
            : t('certificate.fromTo', { from: formatDay(notBefore), to: formatDay(notAfter) })}
        </Fact>
      </Facts>
      <div style={{ marginTop: 8 }}>
        <Fingerprint sha256={sha256} label={t('certificate.fingerprintOf', { name: title })} />
      </div>
    </section>
  );
}
