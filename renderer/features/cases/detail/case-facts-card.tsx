import { Button, Group, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconArrowRight, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { ClassificationLabel } from '../../../ui/classification-label.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { CaseFields } from '../case-fields.tsx';
import { changeCase } from '../choose.ts';
import { useCaseRights } from '../rights.ts';
import classes from './detail.module.css';
import { useCaseChange } from './use-case-change.ts';

const counted = ['documents', 'flows', 'runs', 'conversations', 'reports'] as const;

/** What the case is: label, purpose, how much is in it. */
export function CaseFactsCard({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const rights = useCaseRights(of);
  const [editing, setEditing] = useState(false);
  const work = (): void => {
    changeCase(of.id);
    navigate('documents');
  };
  return (
    <SettingsCard
      title={t('detail.about')}
      {...(of.personal ? { lead: t('detail.personal') } : {})}
      actions={
        <Group gap="xs" wrap="nowrap">
          {rights.edit && (
            <Button variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setEditing(true)}>
              {t('detail.edit')}
            </Button>
          )}
          {rights.content && (
            <Button rightSection={<IconArrowRight size={15} aria-hidden />} onClick={work}>
              {t('detail.work')}
            </Button>
          )}
        </Group>
      }
    >
      <dl className={classes['facts']}>
        <dt>{t('fields.classification')}</dt>
        <dd>
          <ClassificationLabel level={of.classification} /> {t(`classificationHints.${of.classification}`)}
        </dd>
        <dt>{t('fields.purpose')}</dt>
        <dd>{of.purpose === '' ? '–' : of.purpose}</dd>
        <dt>{t('columns.created')}</dt>
        <dd>
          <Time at={of.createdAt} />
        </dd>
        <dt>{t('detail.holds')}</dt>
        <dd>{counted.map((kind) => t(`counts.${kind}`, { count: of.counts[kind], shown: formatNumber(of.counts[kind]) })).join(' · ')}</dd>
      </dl>
      <EditCase of={of} opened={editing} onClose={() => setEditing(false)} />
    </SettingsCard>
  );
}

function EditCase({ of, opened, onClose }: { readonly of: CaseDetail; readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  return (
    <Modal opened={opened} onClose={onClose} title={t('detail.editTitle')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {opened && <EditForm of={of} onClose={onClose} />}
    </Modal>
  );
}

function EditForm({ of, onClose }: { readonly of: CaseDetail; readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const { id, name, classification, purpose } = of;
  const form = useForm({
    initialValues: { name, classification, purpose },
    validate: { name: (value) => (value.trim() === '' ? t('fields.nameMissing') : null) },
  });
  const update = useCaseChange((facts: typeof form.values) => client.cases.update({ id, ...facts }), { quiet: true, onDone: onClose });
  return (
    <form className="stack" onSubmit={form.onSubmit((facts) => update.mutate(facts))} noValidate>
      <CaseFields form={form} nameFixed={of.personal} />
      <FormError error={update.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={update.isPending}>
          {t('detail.save')}
        </Button>
      </Group>
    </form>
  );
}
