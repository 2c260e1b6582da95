import { CopyButton, Button, Group, Switch, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentFinding, DocumentPage } from '../../../../electron/core/contract/index.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { maskedParts } from './masked-parts.ts';
import classes from './viewer.module.css';

type Props = { readonly content: UseQueryResult<DocumentPage>; readonly findings: readonly DocumentFinding[] };

/** The text of the page as it was read, with personal data marked or masked. */
export function PageText({ content, findings }: Props) {
  const { t } = useTranslation('documents');
  const [masked, setMasked] = useState(false);
  if (content.isPending) return <Loading lines={8} />;
  if (content.isError) return <ErrorState error={content.error} onRetry={() => void content.refetch()} />;
  const { number, text, source } = content.data;
  const parts = maskedParts(
    text,
    findings.filter(({ page }) => page === number),
  );
  const shown = parts.map((part) => (masked ? (part.masked ?? part.text) : part.text)).join('');
  return (
    <>
      <Group className={classes['note']} justify="space-between" wrap="nowrap">
        <Switch size="xs" label={t('text.masked')} checked={masked} onChange={(event) => setMasked(event.currentTarget.checked)} />
        <CopyButton value={shown}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {copied ? t('text.copied') : t('text.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text fz="xs" c="dimmed" px="sm">
        {t(`text.source.${source}`)}
      </Text>
      {text.trim() === '' ? (
        <Text c="dimmed" p="sm">
          {t('text.empty')}
        </Text>
      ) : (
        <div className={classes['pageText']} role="region" aria-label={t('viewer.tabs.text')}>
          {parts.map((part, index) =>
            part.masked === undefined ? (
              <Fragment key={index}>{part.text}</Fragment>
            ) : (
              <mark key={index} data-masked={masked || undefined}>
                {masked ? part.masked : part.text}
              </mark>
            ),
          )}
        </div>
      )}
    </>
  );
}
