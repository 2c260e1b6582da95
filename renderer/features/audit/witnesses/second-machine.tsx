import { Button, Code, FileButton, Group, List, Modal, Select, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Witness } from '../../../../electron/core/contract/witness.ts';
import { client } from '../../../lib/client.ts';
import { toFailure } from '../../../lib/errors.ts';
import { formatNumber } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { CompareKey } from './compare-key.tsx';
import { useWitnessChange } from './use-witness-change.ts';
import classes from './witnesses.module.css';

type Props = {
  /** Id of the witness; empty: one that has never seen this log. Null: the dialog is closed. */
  readonly of: string | null;
  readonly witnesses: readonly Witness[];
  readonly onClose: () => void;
};

/** Answers are smaller; as the contract takes them. */
const mostBytes = 65_536;

/** A witness that cannot be reached: a file is carried to its machine, and its answer back. */
export function SecondMachine({ of, witnesses, onClose }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Modal
      opened={of !== null}
      onClose={onClose}
      title={t('witness.secondTitle')}
      size={620}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {of !== null && <Steps key={of} of={of} witnesses={witnesses} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ of, witnesses, onClose }: Props & { readonly of: string }) {
  const { t } = useTranslation('audit');
  const [chosen, setChosen] = useState(of);
  // The answer of a witness that is not trusted yet, until its key was compared.
  const [unknown, setUnknown] = useState<{ readonly text: string; readonly key: string } | null>(null);
  const request = useMutation({
    mutationFn: () => client.witness.request({ id: chosen === '' ? null : chosen }),
    meta: { quiet: true },
    onSuccess: ({ fileName, text }) => saveFile(fileName, new Blob([text], { type: 'application/json' })),
  });
  const accept = useWitnessChange(
    ({ text, trust }: { readonly text: string; readonly trust: boolean }) => client.witness.accept({ text, trust }),
    {
      quiet: true,
      onDone: ({ name, last }) => {
        notifyDone(t('witness.accepted', { name, entries: formatNumber(last?.size ?? 0) }));
        onClose();
      },
    },
  );
  const take = async (file: File | null): Promise<void> => {
    if (!file) return;
    setUnknown(null);
    const text = (await file.slice(0, mostBytes).text()).slice(0, mostBytes);
    accept.mutate(
      { text, trust: false },
      {
        onError: (error) => {
          const { code, details } = toFailure(error);
          if (code === 'witness/untrusted' && typeof details['key'] === 'string') setUnknown({ text, key: details['key'] });
        },
      },
    );
  };
  if (unknown) {
    return (
      <CompareKey
        of={unknown.key}
        error={toFailure(accept.error).code === 'witness/untrusted' ? null : accept.error}
        busy={accept.isPending}
        onTrust={() => accept.mutate({ text: unknown.text, trust: true })}
        onCancel={() => {
          setUnknown(null);
          accept.reset();
        }}
      />
    );
  }
  const file = request.data?.fileName ?? 'witness-request.json';
  return (
    <List type="ordered" spacing="md" withPadding={false}>
      <List.Item>
        <Text mb={6}>{t('witness.steps.request')}</Text>
        <Group gap="xs">
          {witnesses.length > 0 && (
            <Select
              w={240}
              aria-label={t('witness.which')}
              allowDeselect={false}
              value={chosen}
              onChange={(value) => setChosen(value ?? '')}
              data={[...witnesses.map(({ id, name }) => ({ value: id, label: name })), { value: '', label: t('witness.newOne') }]}
            />
          )}
          <Button leftSection={<IconDownload size={15} aria-hidden />} loading={request.isPending} onClick={() => request.mutate()}>
            {t('witness.request')}
          </Button>
        </Group>
        <FormError error={request.error} />
      </List.Item>
      <List.Item>
        <Text mb={6}>{t('witness.steps.there')}</Text>
        {chosen === '' && (
          <Code block mb={6} className={classes['command'] ?? ''}>
            redoubt witness init --folder WITNESS
          </Code>
        )}
        <Code
          block
          className={classes['command'] ?? ''}
        >{`redoubt witness cosign --folder WITNESS --request ${file} --out answer.json`}</Code>
        <Text fz="xs" c="dimmed" mt={4}>
          {t('witness.steps.folder')}
        </Text>
      </List.Item>
      <List.Item>
        <Text mb={6}>{t('witness.steps.back')}</Text>
        <FileButton onChange={(chosenFile) => void take(chosenFile)} accept=".json,.txt,application/json,text/plain">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={15} aria-hidden />} loading={accept.isPending}>
              {t('witness.accept')}
            </Button>
          )}
        </FileButton>
        <FormError error={accept.error} />
      </List.Item>
    </List>
  );
}
