import { Button } from '@mantine/core';
import { IconBrain, IconCertificate, IconExternalLink, IconTimeline, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatHash } from '../../../lib/route.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { lifeAddress } from './life-address.ts';
import classes from './log.module.css';
import { noFilter, queryOf } from './log-filter.ts';
import { useSubjectAddress } from './use-subject-address.ts';

const icon = { size: 15, 'aria-hidden': true } as const;

/** The ways on from an entry: the person, the thing, the call of the model, and the proof for an outsider. */
export function EntryLinks({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const { sequence, actor, subject, action } = entry;
  const place = useSubjectAddress(entry);
  const prove = useMutation({
    mutationFn: () => client.audit.prove({ sequence }),
    onSuccess: ({ file }) => saveFile(`entry-${sequence}.tlog-proof`, new Blob([file], { type: 'text/plain' })),
  });
  return (
    <div className={classes['links']}>
      {action === 'model.call' && (
        <Button component="a" href={formatHash('audit', ['log', 'call', sequence])} leftSection={<IconBrain {...icon} />}>
          {t('links.call')}
        </Button>
      )}
      <Button
        component="a"
        variant="default"
        href={formatHash('audit', ['log'], queryOf({ ...noFilter, actor }))}
        leftSection={<IconUser {...icon} />}
      >
        {t('links.acts', { actor })}
      </Button>
      {subject !== '' && (
        <Button component="a" variant="default" href={lifeAddress(subject)} leftSection={<IconTimeline {...icon} />}>
          {t('links.life')}
        </Button>
      )}
      {place !== null && (
        <Button component="a" variant="default" href={place} leftSection={<IconExternalLink {...icon} />}>
          {t('links.open')}
        </Button>
      )}
      <Button variant="default" loading={prove.isPending} leftSection={<IconCertificate {...icon} />} onClick={() => prove.mutate()}>
        {t('links.proof')}
      </Button>
    </div>
  );
}
