import { Button, FileButton, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPhoto } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { fileSourceOf } from '../../../lib/upload.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsCard } from '../settings-section.tsx';
import classes from './design.module.css';
import { organisationQuery } from './queries.ts';

/** Whose reports they are: name, logo, and the banner where a report names none. */
export function OrganisationCard() {
  const { t } = useTranslation('design');
  const organisation = useQuery(organisationQuery());
  return (
    <SettingsCard title={t('organisation.title')} lead={t('organisation.lead')}>
      {organisation.isPending && <Loading lines={3} />}
      {organisation.isError && <ErrorState error={organisation.error} onRetry={() => void organisation.refetch()} />}
      {organisation.data && <OrganisationForm of={organisation.data} />}
    </SettingsCard>
  );
}

type Change = { readonly name: string | null; readonly classification: string | null; readonly logo?: File | null };

function OrganisationForm({ of }: { readonly of: Organisation }) {
  const { t } = useTranslation(['design', 'common']);
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: { name: of.name ?? '', classification: of.classification ?? '' } });
  const set = useMutation({
    mutationFn: async ({ logo, ...rest }: Change) =>
      client.templates.setOrganisation({ ...rest, ...(logo === undefined ? {} : { logo: logo && (await fileSourceOf(logo)) }) }),
    meta: { quiet: true },
    onSuccess: (saved, { logo }) => {
      queryClient.setQueryData(organisationQuery().queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['templates', 'preview'] });
      // What was typed and not saved stays as it was when only the logo changed.
      if (logo === undefined) form.resetDirty();
      notifyDone(t('organisation.saved'));
    },
  });
  /** What is saved now, for a change of the logo alone. */
  const present = { name: of.name, classification: of.classification };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={form.onSubmit(({ name, classification }) =>
        set.mutate({ name: name.trim() || null, classification: classification.trim() || null }),
      )}
    >
      <div className={classes['organisation']}>
        <div className="stack">
          <TextInput label={t('organisation.name')} maxLength={120} autoComplete="organization" {...form.getInputProps('name')} />
          <TextInput
            label={t('organisation.classification')}
            description={t('organisation.classificationHint')}
            placeholder={t('organisation.classificationExample')}
            maxLength={80}
            {...form.getInputProps('classification')}
          />
        </div>
        <div>
          <Text fw={500} mb={4} id="logo-label">
            {t('organisation.logo')}
          </Text>
          <div className={classes['logo']}>
            {of.logo ? (
              <img
                src={`data:image/png;base64,${of.logo.base64}`}
                alt={t('organisation.logoAlt', { width: of.logo.width, height: of.logo.height })}
              />
            ) : (
              <Text c="dimmed" fz="xs" ta="center">
                <IconPhoto size={22} stroke={1.4} aria-hidden />
                <br />
                {t('organisation.noLogo')}
              </Text>
            )}
          </div>
          <Group gap="xs" mt={6}>
            <FileButton
              accept="image/png,image/jpeg"
              onChange={(logo) => {
                if (logo) set.mutate({ ...present, logo });
              }}
            >
              {(props) => (
                <Button {...props} variant="default" loading={set.isPending} aria-describedby="logo-hint">
                  {t(of.logo ? 'organisation.replaceLogo' : 'organisation.chooseLogo')}
                </Button>
              )}
            </FileButton>
            {of.logo && (
              <Button variant="subtle" color="red" disabled={set.isPending} onClick={() => set.mutate({ ...present, logo: null })}>
                {t('organisation.removeLogo')}
              </Button>
            )}
          </Group>
          <Text fz="xs" c="dimmed" mt={4} id="logo-hint">
            {t('organisation.logoHint')}
          </Text>
        </div>
      </div>
      <FormError error={set.error} />
      <Group justify="flex-end">
        <Button type="submit" disabled={!form.isDirty()} loading={set.isPending}>
          {t('organisation.save')}
        </Button>
      </Group>
    </form>
  );
}
