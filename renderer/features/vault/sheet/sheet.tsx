import { useTranslation } from 'react-i18next';
import type { VaultStatus } from '../../../../electron/core/contract/index.ts';
import { formatTimeWithZone } from '../../../lib/format.ts';
import { groupsOf } from '../code/groups.ts';

type Props = {
  /** Known before: the printer does not wait for an answer. */
  readonly vault: VaultStatus;
  readonly kind: 'recovery' | 'custodian';
  readonly code: string;
  readonly madeAt: number;
  /** A custodian's name, the number of the share, and how many of how many are needed. */
  readonly share?: { readonly name: string; readonly number: number; readonly count: number; readonly threshold: number };
};

/** One page for the safe: which vault it opens, the code, and how to use it. */
export function Sheet({ vault, kind, code, madeAt, share }: Props) {
  const { t } = useTranslation('vault');
  const steps = t(`sheet.${kind}.steps`, { returnObjects: true, threshold: share?.threshold ?? 0 }) as unknown as readonly string[];
  return (
    <article className="rd-sheet">
      <div className="rd-mark">REDOUBT</div>
      <h1>{t(`sheet.${kind}.title`)}</h1>
      <dl className="rd-facts">
        <dt>{t('sheet.vault')}</dt>
        <dd>{vault.vaultId}</dd>
        {vault.createdAt !== null && (
          <>
            <dt>{t('sheet.vaultMade')}</dt>
            <dd>{formatTimeWithZone(vault.createdAt)}</dd>
          </>
        )}
        <dt>{t('sheet.made')}</dt>
        <dd>{formatTimeWithZone(madeAt)}</dd>
        {share && (
          <>
            <dt>{t('sheet.holder')}</dt>
            <dd>{share.name}</dd>
            <dt>{t('sheet.share')}</dt>
            <dd>{t('sheet.shareOf', { number: share.number, count: share.count, threshold: share.threshold })}</dd>
          </>
        )}
      </dl>
      <ol className="rd-code">
        {groupsOf(code).map((group, at) => (
          <li key={at}>
            <span>{at + 1}</span>
            {group}
          </li>
        ))}
      </ol>
      <h2>{t('sheet.how')}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h2>{t('sheet.keep')}</h2>
      <p>{t(`sheet.${kind}.keep`)}</p>
      <p>
        {t('sheet.place')} <span className="rd-line" />
      </p>
    </article>
  );
}
