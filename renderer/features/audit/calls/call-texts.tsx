import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEye, IconHash, IconTrashX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelCallView } from '../../../../electron/core/contract/audit-records.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import classes from './calls.module.css';

/**
 * What went into a model and what came out. It is content of a case: it is shown after a click that says so, because the
 * look leaves an entry of its own, and it is kept nowhere on the page once one leaves it.
 */
export function CallTexts({ sequence }: { readonly sequence: number }) {
  const { t } = useTranslation('audit');
  const queryClient = useQueryClient();
  const read = useMutation({
    mutationFn: () => client.audit.modelCall({ sequence }),
    meta: { quiet: true },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['audit', 'state'] }),
  });
  return (
    <>
      {!read.data && (
        <SettingsCard title={t('call.texts')} lead={t('call.recorded')}>
          <FormError error={read.error} />
          <Group>
            <Button leftSection={<IconEye size={15} aria-hidden />} loading={read.isPending} onClick={() => read.mutate()}>
              {t('call.show')}
            </Button>
          </Group>
        </SettingsCard>
      )}
      {read.data && <Shown call={read.data} />}
    </>
  );
}

function Shown({ call }: { readonly call: ModelCallView }) {
  const { t } = useTranslation('audit');
  const { kept, texts } = call;
  if (!texts) {
    const Icon = kept === 'erased' ? IconTrashX : IconHash;
    return (
      <SettingsCard title={t('call.texts')}>
        <Alert icon={<Icon size={18} aria-hidden />} title={t(`call.kept.${kept}`)}>
          {t(`call.keptText.${kept}`)}
        </Alert>
      </SettingsCard>
    );
  }
  const { prompt, constraint, output, fits } = texts;
  return (
    <>
      {fits ? (
        <Alert color="green" icon={<IconCircleCheck size={18} aria-hidden />} title={t('call.fits')}>
          {t('call.fitsText')}
        </Alert>
      ) : (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('call.altered')}>
          {t('call.alteredText')}
        </Alert>
      )}
      <SettingsCard title={t('call.prompt')}>
        {prompt.map(({ role, text }, index) => (
          <PlainText key={index} name={t(`call.role.${role}`)} text={text} />
        ))}
        {constraint !== null && <PlainText name={t('call.constraint')} text={constraint} />}
      </SettingsCard>
      <SettingsCard title={t('call.output')}>
        <PlainText name={null} text={output} label={t('call.output')} />
      </SettingsCard>
    </>
  );
}

/** Text as it stands: what a model or a document says is never markup, a link or a picture here. */
function PlainText({ name, text, label = name ?? '' }: { readonly name: string | null; readonly text: string; readonly label?: string }) {
  const { t } = useTranslation('audit');
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={3}>
        <Text fz="xs" fw={600}>
          {name}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('call.characters', { count: text.length, shown: formatNumber(text.length) })}
        </Text>
      </Group>
      <Code block className={classes['text'] ?? ''} tabIndex={0} role="region" aria-label={label}>
        {text === '' ? t('call.empty') : text}
      </Code>
    </div>
  );
}
